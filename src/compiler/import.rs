//! `import` in its three forms.

use super::assembler::op;
use super::error::Result;
use super::function::Compiler;
use crate::bytecode::{Constant, Reg};
use crate::source::Span;
use crate::syntax::ast::{Alias, Node, Stmt};
use std::rc::Rc;

/// Does a module begin with `from __future__ import annotations`?
pub(super) fn keeps_annotations_as_texts(body: &[Node<Stmt>]) -> bool {
    body.iter()
        .map_while(|stmt| match &stmt.kind {
            Stmt::ImportFrom { module: Some(module), names, level: 0 } if &**module == "__future__" => Some(names),
            _ => None,
        })
        .flatten()
        .any(|alias| &*alias.kind.name == "annotations")
}

impl<'a> Compiler<'a> {
    /// `import a.b`, `import a.b as c`
    pub fn import(&mut self, span: Span, names: &'a [Node<Alias>]) -> Result {
        for alias in names {
            let mark = self.function.registers.mark();
            let name = &alias.kind.name;
            let module = self.function.registers.temporary();
            self.import_name(span, module, name, Constant::None, 0);
            match &alias.kind.asname {
                None => {
                    let first: Rc<str> = name.split('.').next().unwrap_or_default().into();
                    self.store_name(span, &first, module, false);
                }
                Some(asname) => {
                    let mut module = module;
                    for part in name.split('.').skip(1) {
                        let inner = self.function.registers.temporary();
                        let part = self.function.code.name(part);
                        self.emit(span, op!(ImportFrom { dst: inner, module, name: part }));
                        self.emit(span, op!(Unbind { reg: module }));
                        module = inner;
                    }
                    self.store_name(span, asname, module, false);
                }
            }
            self.function.registers.release(mark);
        }
        Ok(())
    }

    fn import_name(&mut self, span: Span, dst: Reg, name: &str, fromlist: Constant, level: u32) {
        let mark = self.function.registers.mark();
        let window = self.function.registers.window(2);
        self.load_constant(span, window, fromlist);
        self.load_constant(span, window.plus(1), Constant::Int(level as i64));
        let name = self.function.code.name(name);
        self.emit(span, op!(ImportName { dst, name, window }));
        self.function.registers.release(mark);
    }

    /// `from module import names`
    pub fn import_from(
        &mut self,
        span: Span,
        module: Option<&'a Rc<str>>,
        names: &'a [Node<Alias>],
        level: u32,
    ) -> Result {
        let name = module.map_or("", |module| module);
        let mark = self.function.registers.mark();
        let list: Vec<_> = names.iter().map(|alias| Constant::Str(alias.kind.name.as_bytes().into())).collect();
        let imported = self.function.registers.temporary();
        self.import_name(span, imported, name, Constant::Tuple(list.into()), level);
        if let [Node { kind: Alias { name, .. }, .. }] = names
            && &**name == "*"
        {
            self.emit(span, op!(ImportStar { module: imported }));
            self.function.registers.release(mark);
            return Ok(());
        }
        for alias in names {
            let target = alias.kind.asname.as_ref().unwrap_or(&alias.kind.name);
            let value = self.function.registers.temporary();
            let name = self.function.code.name(&alias.kind.name);
            self.emit(span, op!(ImportFrom { dst: value, module: imported, name }));
            self.store_name(span, target, value, false);
        }
        self.emit(span, op!(Unbind { reg: imported }));
        self.function.registers.release(mark);
        Ok(())
    }
}
