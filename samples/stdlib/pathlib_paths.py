# oracle: 3.13
"""pathlib, os, glob, shutil, tempfile: files and directories."""

import os, os.path, tempfile, shutil, glob, stat, sys
from pathlib import *
d=tempfile.mkdtemp(); os.chdir(d)
def t(f,*a,**k):
    try: print(repr(f(*a,**k)).replace(d,'D'))
    except BaseException as e: print(type(e).__name__, str(e).replace(d,'D'))
os.makedirs('a/b/c'); open('a/x.txt','w').write('hello'); open('a/b/y.py','w').write('1'); open('a/b/c/.hid','w').close(); os.symlink('b','a/lnk'); os.symlink('nowhere','a/dang')
for r in os.walk('.'): print(r[0], sorted(r[1]), sorted(r[2]))
for r in os.walk('a',topdown=False): print(r[0], sorted(r[1]), sorted(r[2]))
for e in sorted(os.scandir('a'), key=lambda e:e.name): print(e, e.path, e.is_dir(), e.is_file(), e.is_symlink(), e.is_dir(follow_symlinks=False))
t(os.readlink,'a/lnk'); t(os.path.realpath,'a/lnk/c/..'); t(os.path.realpath,'a/dang'); t(os.path.realpath,'a/dang',strict=True)
t(os.rename,'nope','x'); t(os.mkdir,'a'); t(os.rmdir,'a'); t(os.listdir,'nope'); t(os.remove,'nope'); t(os.link,'nope','b'); t(os.symlink,'a','a'); t(os.stat,'nope')
t(sorted,glob.glob('a/*')); t(sorted,glob.glob('**',recursive=True)); t(sorted,glob.glob('a/**/*.py',recursive=True)); t(sorted,glob.glob('a/*/')); t(glob.escape,'a[1]*?'); t(sorted, glob.glob('*',root_dir='a'))
p=Path('a')/'b'/'y.py'
t(lambda:p); t(lambda:p.parts); t(lambda:p.parent); t(lambda:p.name); t(lambda:p.stem); t(lambda:p.suffix); t(lambda:list(p.parents)); t(lambda:p.parents); t(lambda: p.exists()); t(lambda:p.is_file()); t(lambda:p.read_text()); t(lambda:p.with_suffix('.txt')); t(lambda:p.with_name('q')); t(lambda:p.with_stem('zz')); t(lambda:p.resolve()); t(lambda:p.absolute()); t(lambda: p.relative_to('a')); t(lambda:p.relative_to('b')); t(lambda:p.relative_to('b',walk_up=True)); t(lambda:p.is_relative_to('a')); t(lambda:p.match('*.py')); t(lambda:p.full_match('a/**/*.py')); t(lambda: p.match('b/*.py')); t(lambda:hash(p)==hash(Path('a/b/y.py'))); t(lambda: p==Path('a/b//y.py')); t(lambda:p=='a'); t(lambda: p<Path('b')); t(lambda: p/1); t(lambda: 'x'/p); t(lambda: str(p)); t(lambda: bytes(p)); t(lambda: os.fspath(p)); t(lambda:p.as_posix()); t(lambda: Path('/a').as_uri())
t(lambda: sorted(Path('a').iterdir())); t(lambda: sorted(Path('.').glob('**/*'))); t(lambda: sorted(Path('.').rglob('*.py'))); t(lambda: sorted(Path('a').glob('*/'))); t(lambda: sorted(Path('.').glob('**'))); t(lambda: sorted(Path().iterdir()))
q=Path('new/dir'); t(q.mkdir); t(q.mkdir,parents=True); t(q.mkdir,exist_ok=True); t(q.mkdir); f=q/'f.txt'; t(f.write_text,'héllo\n'); t(f.read_bytes); t(f.write_bytes,b'abc'); t(f.write_text,b'x'); t(f.touch); t(lambda: f.stat().st_size); t(f.rename,q/'g.txt'); t(f.unlink); t(f.unlink,missing_ok=True); t((q/'g.txt').replace,f); t(f.exists); t(lambda: f.owner) if 0 else 0; t(q.rmdir); f.unlink(); t(q.rmdir)
t(lambda: PurePosixPath('/a/../b')); t(lambda: PurePath('a','/b','c')); t(lambda: PureWindowsPath('c:\\a\\b.txt').parts); t(lambda: PureWindowsPath('c:/a')/'d'); t(lambda: PureWindowsPath('C:/A')==PureWindowsPath('c:/a')); t(lambda:PureWindowsPath('c:/x').drive); t(lambda: PureWindowsPath('//srv/share/f').parts); t(lambda: WindowsPath('a')); t(lambda: Path(1)); t(lambda: Path(b'a')); t(lambda: Path('')); t(lambda: Path('a/').name); t(lambda: Path('.bashrc').suffix); t(lambda: Path('a.tar.gz').suffixes); t(lambda: Path('/').name); t(lambda: Path('/').with_name('a')); t(lambda: Path('a').with_suffix('b')); t(lambda: Path('~').expanduser()==Path.home()); t(lambda: Path('a').joinpath('b','c')); t(lambda: Path('/a/b').anchor); t(lambda: Path('a').parents[0]); t(lambda:Path('/a/b/c').parents[-1]); t(lambda:Path('/a/b/c').parents[:2]); t(lambda:Path('/a').parents[4])
print(isinstance(p,PurePath), Path('a').is_absolute(), issubclass(PosixPath,os.PathLike))
for r in Path('a').walk(): print(r[0], sorted(r[1]), sorted(r[2]))
t(shutil.copy,'a/x.txt','a/z.txt'); t(shutil.copy,'a/x.txt','a/x.txt'); t(shutil.copyfile,'nope','q'); t(shutil.copytree,'a','a2'); t(shutil.copytree,'a','a2') ; t(shutil.copytree,'a/b','a2/b',dirs_exist_ok=True); t(shutil.move,'a2','a3'); t(os.path.exists,'a2'); t(shutil.rmtree,'a3'); t(shutil.rmtree,'a3'); t(shutil.rmtree,'a3',ignore_errors=True); t(lambda: os.path.basename(shutil.which('sh'))); t(shutil.which,'nopexx'); print(shutil.disk_usage('.')._fields)
os.environ['COLUMNS']='99'; os.environ['LINES']='11'; t(shutil.get_terminal_size); t(shutil.ignore_patterns('*.py'),'d',['a.py','b'])
t(stat.filemode,os.stat('a').st_mode & ~0o022); t(oct, stat.S_IMODE(0o100644))
os.chmod('a/x.txt',0o600); t(lambda: oct(os.stat('a/x.txt').st_mode)); os.utime('a/x.txt',(1,2)); t(lambda: os.stat('a/x.txt').st_mtime); t(lambda: os.access('a/x.txt',os.R_OK)); t(os.utime,'nope')
with tempfile.TemporaryDirectory() as td: open(os.path.join(td,'f'),'w').close(); print(os.path.isdir(td))
print(os.path.isdir(td))
with tempfile.NamedTemporaryFile('w+') as tf: tf.write('x'); tf.seek(0); print(tf.read(), os.path.exists(tf.name)); n=tf.name
print(os.path.exists(n))
with tempfile.TemporaryFile() as tf: tf.write(b'abc'); tf.seek(0); print(tf.read())
with tempfile.SpooledTemporaryFile(10) as s: s.write(b'a'*5); print(s._rolled); s.write(b'b'*10); print(s._rolled); s.seek(0); print(s.read())
fd,n=tempfile.mkstemp('.s','p'); print(os.path.basename(n)[0], n[-2:], oct(os.stat(n).st_mode)); os.close(fd); os.unlink(n)
t(os.renames,'a/x.txt','n1/n2/x.txt'); t(os.path.exists,'n1/n2/x.txt'); t(os.path.commonpath,['/a/b','/a/c']); t(os.getenv,'NOPE'); t(lambda: os.environ['NOPE']); t(lambda: os.get_terminal_size(99)); t(os.listdir,b'n1'); t(os.path.samefile,'a','./a'); t(os.path.splitroot,'/a'); t(os.removedirs,'n1/n2')
os.chdir('/'); shutil.rmtree(d); print(os.path.exists(d))
