//! Attribute access: what `obj.name` means (language reference 3.3.2), and the inline caches that remember it.
//!
//! A cache holds for one shape of instances. Its key is the shape's id with a tag in the upper half that says what was
//! found; a change to the class gives the shape a new id, so nothing else needs to be compared.

use super::frame::{Delivery, To};
use super::{Exit, NativeResult, Vm};
use crate::object::class::{Shape, Type, TypeFlags};
use crate::object::descriptor::{ClassMethod, Field, GetSet, Member, Property, StaticMethod, Super};
use crate::object::dict::FIRST_VERSION;
use crate::object::function::{Method, SiteCache};
use crate::object::native::NativeFunction;
use crate::object::string::intern_str;
use crate::object::{
    Dict, Exception, Foreign, Function, Generator, Instance, Kind, Module, Ref, Set, Str, Value, WeakRef, intern,
};

/// The instance has it in slot `found`. (Zero, so that the key of what is looked up most is the shape's id itself.)
pub(super) const SLOT: u64 = 0;
/// The class has it: `word` is the value itself.
pub(super) const CLASS_VALUE: u64 = 2 << 32;
/// The class has a property: `word` is its getter.
pub(super) const PROPERTY: u64 = 3 << 32;
/// The class has a function: `word` is it.
pub(super) const METHOD: u64 = 4 << 32;
/// The builtin class with this number (see [`Vm::method_key`]) has a function: `word` is it, and `found`, if not zero, its
/// quick form, which answers for as many arguments as the instruction gives.
const KIND_METHOD: u64 = 5 << 32;
/// The numbers of builtin classes whose objects share a kind with those of another.
const FROZENSET: u64 = FIRST_VERSION as u64 - 1;
const COROUTINE: u64 = FIRST_VERSION as u64 - 2;
const ASYNC_GENERATOR: u64 = FIRST_VERSION as u64 - 3;
const NO_CLASS: u64 = FIRST_VERSION as u64 - 4;
/// Setting it adds slot `found` and leads to the shape at address `word`.
pub(super) const APPEND: u64 = 6 << 32;
/// The module whose namespace has this version has it in entry `found`.
pub(super) const MODULE_ENTRY: u64 = 7 << 32;
/// The class of this version has it, and reading it from there gives `word`.
pub(super) const OF_CLASS: u64 = 8 << 32;
/// The class of this version has a class method: `word` is its function.
pub(super) const CLASS_METHOD: u64 = 9 << 32;

impl Vm {
    /// `obj.name`, without a cache. Ends as a native does.
    pub fn load_attr(&mut self, obj: &Value, name: &Ref<Str>) -> NativeResult {
        match self.load_attr_if_any(obj, name)? {
            Some(value) => Ok(value),
            None => Err(self.no_attribute(obj, name)),
        }
    }

    /// `obj.name`; `None` when there is no such attribute and no hook to be asked for it, so that whoever has a use for
    /// that needs no exception.
    pub fn load_attr_if_any(&mut self, obj: &Value, name: &Ref<Str>) -> Result<Option<Value>, Exit> {
        let class = self.class_of(obj);
        if class.flags().has(TypeFlags::GETATTRIBUTE)
            && let Some(method) = class.lookup(&self.names.getattribute)
        {
            return match self.tail_method(method, obj, &[name.value()]) {
                Err(Exit::Call(call)) if class.flags().has(TypeFlags::GETATTR) => {
                    let args =
                        vec![Value::tuple(vec![call.callee, Value::tuple(call.args)]), obj.clone(), name.value()];
                    self.tail_prelude("attribute_or_getattr", args).map(Some)
                }
                other => other.map(Some),
            };
        }
        self.default_attr_if_any(obj, &class, name)
    }

    /// `object.__getattribute__`, followed by `__getattr__`.
    pub fn load_attr_default(&mut self, obj: &Value, class: &Ref<Type>, name: &Ref<Str>) -> NativeResult {
        match self.default_attr_if_any(obj, class, name)? {
            Some(value) => Ok(value),
            None => Err(self.no_attribute(obj, name)),
        }
    }

    fn default_attr_if_any(&mut self, obj: &Value, class: &Ref<Type>, name: &Ref<Str>) -> Result<Option<Value>, Exit> {
        match self.find_attr(obj, class, name) {
            Ok(Some(value)) => Ok(Some(value)),
            Ok(None) => self.attribute_missing(obj, class, name),
            Err(Exit::Call(call)) if class.flags().has(TypeFlags::GETATTR) => {
                let args = vec![Value::tuple(vec![call.callee, Value::tuple(call.args)]), obj.clone(), name.value()];
                self.tail_prelude("attribute_or_getattr", args).map(Some)
            }
            Err(Exit::Raise(exception))
                if class.flags().has(TypeFlags::GETATTR)
                    && self.is_instance(&exception, &self.types.attribute_error) =>
            {
                self.attribute_missing(obj, class, name)
            }
            Err(exit) => Err(exit),
        }
    }

    /// The default search: data descriptor of the class, the object's own, the class's; `None` when there is nothing.
    pub fn find_attr(&mut self, obj: &Value, class: &Ref<Type>, name: &Ref<Str>) -> Result<Option<Value>, Exit> {
        if let Some(object) = obj.native::<Super>()
            && let Some(found) = self.find_super_attr(&object, name)?
        {
            return Ok(Some(found));
        }
        let on_class = class.lookup(name);
        if let Some(attr) = &on_class
            && self.is_data_descriptor(attr)
            && (!matches!(attr.kind(), Some(Kind::Instance | Kind::Foreign))
                || self.class_of(attr).lookup(&self.names.get).is_some())
        {
            return self.bind_descriptor(attr, obj, class).map(Some);
        }
        if let Some(subject) = obj.to_ref::<Type>() {
            if let Some(value) = self.find_class_attr(&subject, name)? {
                return Ok(Some(value));
            }
        } else if let Some(value) = self.own_attr(obj, name) {
            return Ok(Some(value));
        }
        match on_class {
            Some(attr) => self.bind_descriptor(&attr, obj, class).map(Some),
            None => Ok(None),
        }
    }

    /// An attribute of the object itself, not of its class.
    pub fn own_attr(&self, obj: &Value, name: &Ref<Str>) -> Option<Value> {
        match obj.kind()? {
            Kind::Instance => obj.get::<Instance>()?.get_attr(&intern_str(name)),
            Kind::Module => obj.get::<Module>()?.dict.get_str(name),
            _ => self.own_dict(obj)?.get_str(name),
        }
    }

    /// The dict of an object's own attributes, if it is one that has a dict and it exists yet.
    fn own_dict(&self, obj: &Value) -> Option<Ref<Dict>> {
        match obj.kind()? {
            Kind::Exception => obj.get::<Exception>()?.dict.get().to_ref::<Dict>(),
            Kind::Function => obj.get::<Function>()?.dict.get().to_ref::<Dict>(),
            Kind::Foreign => obj.get::<Foreign>()?.dict.get().to_ref::<Dict>(),
            Kind::WeakRef => obj.get::<WeakRef>()?.dict.get().to_ref::<Dict>(),
            Kind::StaticMethod => obj.get::<StaticMethod>()?.dict.get().to_ref::<Dict>(),
            Kind::ClassMethod => obj.get::<ClassMethod>()?.dict.get().to_ref::<Dict>(),
            Kind::Module => Some(obj.get::<Module>()?.dict.clone()),
            _ => None,
        }
    }

    /// `obj.__dict__`: the live dict of an object's own attributes, made now if need be; `None` for objects without.
    pub fn attribute_dict(&self, obj: &Value) -> Option<Ref<Dict>> {
        let slot = match obj.kind()? {
            Kind::Instance => {
                let instance = obj.get::<Instance>()?;
                if instance.class().flags().has(TypeFlags::NO_DICT) {
                    return None;
                }
                return Some(instance.to_dict_mode());
            }
            Kind::Module => return Some(obj.get::<Module>()?.dict.clone()),
            Kind::Exception => return Some(obj.get::<Exception>()?.dict()),
            Kind::Function => &obj.get::<Function>()?.body().dict,
            Kind::Foreign => {
                let foreign = obj.get::<Foreign>()?.body();
                if foreign.class.flags().has(TypeFlags::NO_DICT) {
                    return None;
                }
                &foreign.dict
            }
            Kind::WeakRef => {
                let weak = obj.get::<WeakRef>()?.body();
                let flags = weak.class.flags();
                if !flags.has(TypeFlags::HEAP) || flags.has(TypeFlags::NO_DICT) {
                    return None;
                }
                &weak.dict
            }
            Kind::StaticMethod => &obj.get::<StaticMethod>()?.body().dict,
            Kind::ClassMethod => &obj.get::<ClassMethod>()?.body().dict,
            _ => return None,
        };
        if slot.is_undef() {
            slot.set(Dict::empty().into_value());
        }
        slot.get().to_ref::<Dict>()
    }

    /// An attribute found in a class's method resolution order, as reading it from the class gives it.
    pub fn find_class_attr(&mut self, class: &Ref<Type>, name: &Ref<Str>) -> Result<Option<Value>, Exit> {
        match class.lookup(name) {
            Some(attr) => self.bind_to_class(&attr, class).map(Some),
            None => Ok(None),
        }
    }

    /// A class attribute as reading it from the class itself gives it.
    pub fn bind_to_class(&mut self, attr: &Value, class: &Ref<Type>) -> NativeResult {
        match attr.kind() {
            Some(Kind::StaticMethod) => {
                Ok(attr.get::<StaticMethod>().map_or(Value::NONE, |wrapped| wrapped.function.clone()))
            }
            Some(Kind::ClassMethod) => {
                let function = attr.get::<ClassMethod>().map_or(Value::NONE, |wrapped| wrapped.function.clone());
                Ok(Method::bind(function, class.value()))
            }
            Some(Kind::Instance | Kind::Foreign) => match self.class_of(attr).lookup(&self.names.get) {
                Some(get) => self.tail_method(get, attr, &[Value::NONE, class.value()]),
                None => Ok(attr.clone()),
            },
            _ => Ok(attr.clone()),
        }
    }

    /// Does it decide over the object's own attributes?
    fn is_data_descriptor(&self, attr: &Value) -> bool {
        match attr.kind() {
            Some(Kind::Property | Kind::GetSet | Kind::Member | Kind::Field) => true,
            Some(Kind::Instance | Kind::Foreign) => {
                let class = self.class_of(attr);
                class.lookup(&self.names.set).is_some() || class.lookup(&self.names.delete).is_some()
            }
            _ => false,
        }
    }

    /// A class attribute as reading it from an instance gives it; for functions the bound method.
    pub fn bind(&mut self, attr: &Value, obj: &Value, class: &Ref<Type>) -> NativeResult {
        self.bind_descriptor(attr, obj, class)
    }

    fn bind_descriptor(&mut self, attr: &Value, obj: &Value, class: &Ref<Type>) -> NativeResult {
        match attr.kind() {
            Some(Kind::Function) => Ok(Method::bind(attr.clone(), obj.clone())),
            Some(Kind::Native) => {
                let native = attr.get::<crate::object::NativeFunction>();
                let is_method = native.is_some_and(|native| !native.owner.is_none());
                Ok(if is_method { Method::bind(attr.clone(), obj.clone()) } else { attr.clone() })
            }
            Some(Kind::StaticMethod) => {
                Ok(attr.get::<StaticMethod>().map_or(Value::NONE, |wrapped| wrapped.function.clone()))
            }
            Some(Kind::ClassMethod) => {
                let function = attr.get::<ClassMethod>().map_or(Value::NONE, |wrapped| wrapped.function.clone());
                Ok(Method::bind(function, class.value()))
            }
            Some(Kind::Property) => {
                let getter = attr.get::<Property>().map_or(Value::NONE, |property| property.get.clone());
                if getter.is_none() {
                    return Err(self.property_error(attr, obj, "getter"));
                }
                self.tail_call(getter, vec![obj.clone()])
            }
            Some(Kind::GetSet) => match attr.get::<GetSet>().map(|getset| getset.get) {
                Some(get) => get(self, obj),
                None => Ok(Value::NONE),
            },
            Some(Kind::Member) => {
                let Some(member) = attr.to_ref::<Member>() else { return Ok(Value::NONE) };
                match member.get(obj) {
                    Some(value) => Ok(value),
                    None => {
                        let (class, name) = (self.full_type_name(obj), member.name.to_string_lossy());
                        let message = format!("'{class}' object has no attribute '{name}'");
                        Err(self.attribute_error_of(message, obj, &member.name))
                    }
                }
            }
            Some(Kind::Field) => match attr.get::<Field>().and_then(|field| field.of(obj)) {
                Some(item) => Ok(item),
                None => Err(self.no_field(attr, obj)),
            },
            Some(Kind::Instance | Kind::Foreign) => {
                let get = self.class_of(attr).lookup(&self.names.get);
                match get {
                    Some(get) => self.tail_method(get, attr, &[obj.clone(), class.value()]),
                    None => Ok(attr.clone()),
                }
            }
            Some(Kind::Super) => self.bind_super(attr, obj),
            _ => Ok(attr.clone()),
        }
    }

    #[cold]
    fn no_field(&mut self, field: &Value, obj: &Value) -> Exit {
        if obj.native::<crate::object::Tuple>().is_some() {
            return self.index_error("tuple index out of range");
        }
        let (index, name) = (field.get::<Field>().map_or(0, |field| field.index), self.type_name(obj));
        self.type_error(format!("descriptor for index '{index}' for tuple subclasses doesn't apply to '{name}' object"))
    }

    fn property_error(&mut self, property: &Value, obj: &Value, what: &str) -> Exit {
        let name = property.get::<Property>().map_or(Value::NONE, |property| property.name.get());
        let class = self.class_of(obj).qualname.get();
        let class = class.get::<Str>().map_or_else(String::new, |class| class.to_string_lossy().into_owned());
        let message = match name.get::<Str>() {
            Some(name) => format!("property '{}' of '{class}' object has no {what}", name.to_string_lossy()),
            None => format!("property of '{class}' object has no {what}"),
        };
        self.attribute_error(message)
    }

    /// Nothing has the attribute: the class's or the module's `__getattr__` is asked, `None` if there is none.
    fn attribute_missing(&mut self, obj: &Value, class: &Ref<Type>, name: &Ref<Str>) -> Result<Option<Value>, Exit> {
        if class.flags().has(TypeFlags::GETATTR)
            && let Some(method) = class.lookup(&self.names.getattr)
        {
            return self.tail_method(method, obj, &[name.value()]).map(Some);
        }
        if let Some(module) = obj.get::<Module>()
            && let Some(method) = module.dict.get_str(&self.names.getattr)
        {
            return self.tail_call(method, vec![name.value()]).map(Some);
        }
        Ok(None)
    }

    /// `AttributeError` with the object and the name, for "did you mean".
    #[cold]
    pub fn no_attribute(&mut self, obj: &Value, name: &Ref<Str>) -> Exit {
        let text = name.to_string_lossy();
        let message = if let Some(class) = obj.get::<Type>() {
            format!("type object '{}' has no attribute '{text}'", self.shown_class(&class))
        } else if let Some(module) = obj.get::<Module>() {
            let name = module.get("__name__").unwrap_or_default();
            let shown = name.get::<Str>().map_or_else(|| "?".to_owned(), |name| name.to_string_lossy().into_owned());
            match self.file_being_imported(obj) {
                Some(Some(file)) => format!(
                    "partially initialized module '{shown}' from '{file}' has no attribute '{text}' (most likely due to a \
                     circular import)"
                ),
                Some(None) => format!(
                    "partially initialized module '{shown}' has no attribute '{text}' (most likely due to a circular \
                     import)"
                ),
                None => format!("module '{shown}' has no attribute '{text}'"),
            }
        } else if obj.is_kind(Kind::Super) {
            format!("'super' object has no attribute '{text}'")
        } else {
            format!("'{}' object has no attribute '{text}'", self.type_name(obj))
        };
        self.attribute_error_of(message, obj, name)
    }

    /// The file of a module whose body still runs, if it comes from one; `None` of any other module.
    fn file_being_imported(&self, module: &Value) -> Option<Option<String>> {
        let spec = module.get::<Module>()?.dict.get_str(&self.names.spec)?;
        let spec = spec.get::<Instance>()?;
        let attribute = |name: &[u8]| spec.get_attr(&intern(name));
        if attribute(b"_initializing")?.as_bool() != Some(true) {
            return None;
        }
        let located = attribute(b"has_location").is_some_and(|located| located.as_bool() == Some(true));
        let origin = attribute(b"origin").filter(|_| located);
        Some(origin.and_then(|origin| Some(origin.get::<Str>()?.to_string_lossy().into_owned())))
    }

    fn attribute_error_of(&mut self, message: String, obj: &Value, name: &Ref<Str>) -> Exit {
        let exit = self.attribute_error(message);
        if let Some(exception) = exit.exception().and_then(|exception| exception.to_ref::<Exception>()) {
            exception.members().set_str(&self.names.name_plain.clone(), name.value());
            exception.members().set_str(&self.names.obj.clone(), obj.clone());
        }
        exit
    }

    /// `obj.name = value`; [`Value::UNDEF`] deletes. Ends as a native does; its value means nothing.
    pub fn store_attr(&mut self, obj: &Value, name: &Ref<Str>, value: Value) -> NativeResult {
        let class = self.class_of(obj);
        let deleting = value.is_undef();
        let flag = if deleting { TypeFlags::DELATTR } else { TypeFlags::SETATTR };
        if class.flags().has(flag) {
            let hook = if deleting { &self.names.delattr } else { &self.names.setattr };
            if let Some(method) = class.lookup(hook) {
                let args = [name.value(), value];
                return self.tail_method(method, obj, if deleting { &args[..1] } else { &args });
            }
        }
        self.store_attr_default(obj, &class, name, value)
    }

    /// `object.__setattr__` and `object.__delattr__`.
    pub fn store_attr_default(
        &mut self,
        obj: &Value,
        class: &Ref<Type>,
        name: &Ref<Str>,
        value: Value,
    ) -> NativeResult {
        if let Some(subject) = obj.get::<Type>()
            && !subject.flags().has(TypeFlags::HEAP)
        {
            let (name, subject) = (name.to_string_lossy(), self.shown_class(&subject.to_ref()));
            return Err(self.type_error(format!("cannot set '{name}' attribute of immutable type '{subject}'")));
        }
        if let Some(attr) = class.lookup(name) {
            match attr.kind() {
                Some(Kind::Property) => return self.store_property(&attr, obj, value),
                Some(Kind::Member) => {
                    let Some(member) = attr.to_ref::<Member>() else { return Err(self.no_attribute(obj, name)) };
                    if !value.is_undef() {
                        return match member.set(obj, value) {
                            true => Ok(Value::NONE),
                            false => Err(self.no_attribute(obj, name)),
                        };
                    }
                    return match member.delete(obj) {
                        Some(old) => {
                            drop(old);
                            Ok(Value::NONE)
                        }
                        None => Err(self.attribute_error(name.to_string_lossy())),
                    };
                }
                Some(Kind::Field) => {
                    let what = if value.is_undef() { "delete" } else { "set" };
                    return Err(self.attribute_error(format!("can't {what} attribute")));
                }
                Some(Kind::GetSet) => {
                    let Some(getset) = attr.to_ref::<GetSet>() else { return Ok(Value::NONE) };
                    return match getset.set {
                        Some(set) => set(self, obj, value),
                        None => {
                            let (class, name) = (getset.owner.name(), name.to_string_lossy().into_owned());
                            let message = format!("attribute '{name}' of '{class}' objects is not writable");
                            Err(self.attribute_error(message))
                        }
                    };
                }
                Some(Kind::Instance | Kind::Foreign) => {
                    let deleting = value.is_undef();
                    let hook = if deleting { &self.names.delete } else { &self.names.set };
                    let hook = hook.clone();
                    if let Some(method) = self.class_of(&attr).lookup(&hook) {
                        let args = [obj.clone(), value];
                        return self.tail_method(method, &attr, if deleting { &args[..1] } else { &args });
                    }
                    if self.is_data_descriptor(&attr) {
                        // It decides over the attribute, and does not know how to do this.
                        return Err(self.attribute_error(hook.to_string_lossy()));
                    }
                }
                _ => {}
            }
        }
        self.store_own_attr(obj, class, name, value)
    }

    /// What setting (deleting, by [`Value::UNDEF`]) does where the class has a property.
    pub fn store_property(&mut self, attr: &Value, obj: &Value, value: Value) -> NativeResult {
        let Some(property) = attr.to_ref::<Property>() else { return Ok(Value::NONE) };
        if value.is_undef() {
            if property.delete.is_none() {
                return Err(self.property_error(attr, obj, "deleter"));
            }
            return self.tail_call(property.delete.clone(), vec![obj.clone()]);
        }
        if property.set.is_none() {
            return Err(self.property_error(attr, obj, "setter"));
        }
        self.tail_call(property.set.clone(), vec![obj.clone(), value])
    }

    fn store_own_attr(&mut self, obj: &Value, class: &Ref<Type>, name: &Ref<Str>, value: Value) -> NativeResult {
        let name = &intern_str(name);
        let deleting = value.is_undef();
        if let Some(instance) = obj.get::<Instance>() {
            let slotted = class.flags().has(TypeFlags::NO_DICT);
            if slotted && !class.lookup(name).is_some_and(|attr| attr.is_kind(Kind::Member)) {
                return Err(self.no_place(obj, class, name));
            }
            if deleting {
                return match instance.del_attr(name) {
                    Some(old) => {
                        drop(old);
                        Ok(Value::NONE)
                    }
                    None => Err(self.no_attribute(obj, name)),
                };
            }
            instance.set_attr(name, value);
            return Ok(Value::NONE);
        }
        if let Some(subject) = obj.to_ref::<Type>() {
            return self.store_class_attr(&subject, name, value);
        }
        match self.attribute_dict(obj) {
            Some(dict) if deleting => match dict.remove_str(name) {
                Some(old) => {
                    drop(old);
                    Ok(Value::NONE)
                }
                None => {
                    let message =
                        format!("'{}' object has no attribute '{}'", self.shown_class(class), name.to_string_lossy());
                    Err(self.attribute_error_of(message, obj, name))
                }
            },
            Some(dict) => {
                dict.set_str(name, value);
                Ok(Value::NONE)
            }
            None => Err(self.no_place(obj, class, name)),
        }
    }

    /// `AttributeError` for an attribute of an object that has no dict for it.
    fn no_place(&mut self, obj: &Value, class: &Ref<Type>, name: &Ref<Str>) -> Exit {
        let flags = class.flags();
        let (class_name, text) = (self.shown_class(class), name.to_string_lossy());
        let message = if class.lookup(name).is_some() {
            format!("'{class_name}' object attribute '{text}' is read-only")
        } else if flags.has(TypeFlags::SETATTR) || flags.has(TypeFlags::DELATTR) {
            format!("'{class_name}' object has no attribute '{text}'")
        } else {
            format!("'{class_name}' object has no attribute '{text}' and no __dict__ for setting new attributes")
        };
        self.attribute_error_of(message, obj, name)
    }

    fn store_class_attr(&mut self, class: &Ref<Type>, name: &Ref<Str>, value: Value) -> NativeResult {
        let old = if value.is_undef() {
            match class.dict.remove_str(name) {
                Some(old) => old,
                None => return Err(self.no_attribute(&class.value(), name)),
            }
        } else {
            let old = class.dict.get_str(name).unwrap_or_default();
            class.dict.set_str(name, value);
            old
        };
        // What becomes a descriptor, or stops being one, may be an attribute of any class.
        match name.as_bytes() {
            b"__get__" | b"__set__" | b"__delete__" => self.types.object.invalidate(),
            _ => class.invalidate(),
        }
        // Only names that look like dunders can change what the flags say.
        if name.as_bytes().starts_with(b"__") {
            self.refresh_flags(class);
        }
        drop(old);
        Ok(Value::NONE)
    }

    // ---- what instructions do when their cache misses

    /// `GetAttr`, on a cache miss: find the attribute and remember how.
    pub(super) fn get_attr(&mut self, obj: Value, site: &SiteCache, to: To) -> Result<(), Value> {
        if let Some(instance) = obj.get::<Instance>() {
            let class = instance.class().clone();
            if !class.flags().has(TypeFlags::GETATTRIBUTE) {
                let on_class = class.lookup(&site.name);
                let cacheable = !instance.in_dict_mode();
                match on_class.as_ref().and_then(|attr| attr.kind()) {
                    Some(Kind::Property) if cacheable => {
                        let getter = on_class.as_ref().and_then(|attr| attr.get::<Property>().map(|p| p.get.clone()));
                        if let Some(getter) = getter.filter(|getter| getter.is_kind(Kind::Function))
                            && !class.flags().has(TypeFlags::GETATTR)
                        {
                            site.remember(PROPERTY | instance.shape().id.get() as u64, 0, getter.bits());
                            return self.invoke_with(getter, [obj.clone()], to);
                        }
                    }
                    Some(Kind::Member) | None if cacheable => {
                        let member = on_class.as_ref().and_then(|attr| attr.to_ref::<Member>());
                        let key = member.as_ref().map_or(&site.name, |member| &member.slot);
                        if let Some(slot) = instance.shape().slot(key) {
                            let value = instance.slot(slot);
                            if !value.is_undef() {
                                site.remember(SLOT | instance.shape().id.get() as u64, slot as u64, 0);
                                return self.deliver(value, to);
                            }
                        } else if let Some(attr) = &on_class
                            && !attr.is_kind(Kind::Member)
                        {
                            // A plain value that is not a heap object.
                            site.remember(CLASS_VALUE | instance.shape().id.get() as u64, 0, attr.bits());
                            return self.deliver(attr.clone(), to);
                        }
                    }
                    Some(kind) if cacheable && !self.on_class_is_data(&on_class) => {
                        if let Some(slot) = instance.shape().slot(&site.name) {
                            let value = instance.slot(slot);
                            if !value.is_undef() {
                                site.remember(SLOT | instance.shape().id.get() as u64, slot as u64, 0);
                                return self.deliver(value, to);
                            }
                        } else if matches!(
                            kind,
                            Kind::Str | Kind::List | Kind::Dict | Kind::Tuple | Kind::Set | Kind::Type
                        ) && let Some(attr) = &on_class
                        {
                            site.remember(CLASS_VALUE | instance.shape().id.get() as u64, 0, attr.bits());
                            return self.deliver(attr.clone(), to);
                        }
                    }
                    _ => {}
                }
            }
        }
        self.remember(&obj, site, false);
        let result = self.load_attr(&obj, &site.name);
        self.complete(result, to)
    }

    /// Where a module or a class has the attribute, for the cache, if it is one that reading only copies. `called`: it is
    /// read to be called, so a class method will do.
    fn remember(&mut self, obj: &Value, site: &SiteCache, called: bool) {
        if let Some(module) = obj.get::<Module>() {
            if module.class.is_undef() && self.types.module.lookup(&site.name).is_none() {
                let version = module.dict.ensure_version();
                if let Some(entry) = module.dict.table.borrow().find_str(&site.name) {
                    site.remember(MODULE_ENTRY | version as u64, entry as u64, 0);
                }
            }
            return;
        }
        let Some(class) = obj.get::<Type>() else { return };
        if class.metaclass().is_some() || self.types.type_.lookup(&site.name).is_some() {
            return;
        }
        let Some(attr) = class.lookup(&site.name) else { return };
        let (tag, word) = match attr.kind() {
            None
            | Some(Kind::Function | Kind::Str | Kind::List | Kind::Dict | Kind::Tuple | Kind::Set | Kind::Type) => {
                (OF_CLASS, attr.bits())
            }
            Some(Kind::StaticMethod) => match attr.get::<StaticMethod>() {
                Some(wrapped) => (OF_CLASS, wrapped.function.bits()),
                None => return,
            },
            Some(Kind::ClassMethod) if called => match attr.get::<ClassMethod>() {
                Some(wrapped) if wrapped.function.is_kind(Kind::Function) => (CLASS_METHOD, wrapped.function.bits()),
                _ => return,
            },
            _ => return,
        };
        site.remember(tag | class.version() as u64, 0, word);
    }

    fn on_class_is_data(&self, attr: &Option<Value>) -> bool {
        attr.as_ref().is_some_and(|attr| self.is_data_descriptor(attr))
    }

    /// `SetAttr`, on a cache miss.
    pub(super) fn set_attr(&mut self, obj: Value, value: Value, site: &SiteCache) -> Result<(), Value> {
        if let Some(instance) = obj.get::<Instance>() {
            let class = instance.class().clone();
            let flags = class.flags();
            let on_class = class.lookup(&site.name);
            let name = match on_class.as_ref().and_then(|attr| attr.get::<Member>()) {
                // What `__slots__` made room for has a slot under a name of its own.
                Some(member) => Some(member.slot.clone()),
                None if flags.has(TypeFlags::NO_DICT) || self.on_class_is_data(&on_class) => None,
                None => Some(site.name.clone()),
            };
            if let Some(name) = name.filter(|_| !flags.has(TypeFlags::SETATTR) && !instance.in_dict_mode()) {
                let shape: *const Shape = instance.shape();
                // SAFETY: shapes live as long as their class.
                let (id, slot) = unsafe { ((*shape).id.get() as u64, (*shape).slot(&name)) };
                instance.set_attr(&name, value);
                match slot {
                    Some(slot) => {
                        site.remember(SLOT | id, slot as u64, 0);
                    }
                    None if !instance.in_dict_mode() => {
                        let next: *const Shape = instance.shape();
                        site.remember(APPEND | id, instance.shape().names().len() as u64 - 1, next as u64);
                    }
                    None => {}
                }
                return Ok(());
            }
        }
        let result = self.store_attr(&obj, &site.name, value);
        self.complete(result, To::DISCARD)
    }

    /// `DelAttr`
    pub(super) fn del_attr(&mut self, obj: Value, site: &SiteCache) -> Result<(), Value> {
        let result = self.store_attr(&obj, &site.name, Value::UNDEF);
        self.complete(result, To::DISCARD)
    }

    /// `LoadMethod`, on a cache miss: what goes to the window's two places.
    pub(super) fn load_method(
        &mut self,
        obj: Value,
        site: &SiteCache,
        window: crate::bytecode::Reg,
    ) -> Result<(), Value> {
        let class = self.class_of(&obj);
        let second = window.plus(1);
        if !class.flags().has(TypeFlags::GETATTRIBUTE)
            && !matches!(obj.kind(), Some(Kind::Type | Kind::Module | Kind::Super))
        {
            let on_class = class.lookup(&site.name);
            if let Some(attr) = on_class.filter(is_method)
                && self.own_attr(&obj, &site.name).is_none()
            {
                self.remember_method(&obj, &class, site, &attr);
                self.set_register(window, attr);
                self.set_register(second, obj);
                return Ok(());
            }
        }
        self.set_register(window, Value::UNDEF);
        self.remember(&obj, site, true);
        if let Some(instance) = obj.get::<Instance>()
            && !instance.in_dict_mode()
            && !class.flags().has(TypeFlags::GETATTRIBUTE)
        {
            let on_class = class.lookup(&site.name);
            let id = instance.shape().id.get() as u64;
            let slot = instance.shape().slot(&site.name);
            if let (Some(slot), false) = (slot, self.on_class_is_data(&on_class)) {
                site.remember(SLOT | id, slot as u64, 0);
            } else if let (None, Some(wrapped)) = (slot, on_class.as_ref().and_then(|attr| attr.get::<StaticMethod>()))
            {
                site.remember(CLASS_VALUE | id, 0, wrapped.function.bits());
            }
        }
        let result = self.load_attr(&obj, &site.name);
        drop(obj);
        self.complete(result, To::register(second))
    }

    /// `site` found this method on the class of `obj`.
    fn remember_method(&self, obj: &Value, class: &Ref<Type>, site: &SiteCache, method: &Value) {
        if let Some(instance) = obj.get::<Instance>() {
            if !instance.in_dict_mode() {
                site.remember(METHOD | instance.shape().id.get() as u64, 0, method.bits());
            }
        } else if let Some(kind) = obj.kind()
            && !matches!(kind, Kind::Type | Kind::Module)
            && (kind == Kind::Foreign || !class.flags().has(TypeFlags::HEAP) && self.builtin_class(obj, kind).is(class))
        {
            let key = self.method_key(obj, kind);
            if key != KIND_METHOD | NO_CLASS {
                site.remember(key, 0, method.bits());
            }
        }
    }

    /// The key under which a site remembers a method of the builtin class of an object of `kind`. Builtin classes do not
    /// change, so they have numbers for good: the kind's, mostly, all below those of versions. The classes of foreign
    /// objects are many, and Python classes may derive from them: there it is the version.
    #[inline(always)]
    pub(super) fn method_key(&self, object: &Value, kind: Kind) -> u64 {
        let number = match kind {
            Kind::Set if object.get::<Set>().is_some_and(|set| set.frozen) => FROZENSET,
            Kind::Generator => {
                let alive = object.get::<Generator>().filter(|generator| generator.extra.is_undef());
                match alive.and_then(|generator| generator.function().map(|function| function.code().code.flags)) {
                    Some(flags) if !flags.coroutine => kind as u64,
                    Some(flags) if !flags.generator => COROUTINE,
                    Some(_) => ASYNC_GENERATOR,
                    None => NO_CLASS,
                }
            }
            Kind::Foreign => match object.get::<Foreign>() {
                Some(foreign) if foreign.dict.is_undef() => foreign.class.version() as u64,
                _ => NO_CLASS,
            },
            _ => kind as u64,
        };
        KIND_METHOD | number
    }

    /// `LoadSpecial`: a method that a statement looks up on the type.
    pub(super) fn load_special(
        &mut self,
        obj: Value,
        site: &SiteCache,
        window: crate::bytecode::Reg,
    ) -> Result<(), Value> {
        let name = site.name.clone();
        let asynchronous = name.is(&self.names.aenter) || name.is(&self.names.aexit);
        let protocol = if asynchronous { "asynchronous context manager" } else { "context manager" };
        let class = self.class_of(&obj);
        let Some(attr) = class.lookup(&name).filter(|attr| !attr.is_none()) else {
            let missed = name.to_string_lossy().into_owned();
            let (enter, exit, hint) = if asynchronous {
                (
                    &self.names.enter,
                    &self.names.exit,
                    " but it supports the context manager protocol. Did you mean to use 'with'?",
                )
            } else {
                (
                    &self.names.aenter,
                    &self.names.aexit,
                    " but it supports the asynchronous context manager protocol. Did you mean to use 'async with'?",
                )
            };
            let hint = if class.lookup(enter).is_some() && class.lookup(exit).is_some() { hint } else { "" };
            let message = format!(
                "'{}' object does not support the {protocol} protocol (missed {missed} method){hint}",
                self.full_type_name(&obj)
            );
            return Err(self.exception_of(self.type_error(message)));
        };
        if is_method(&attr) {
            self.remember_method(&obj, &class, site, &attr);
            self.set_register(window, attr);
            self.set_register(window.plus(1), obj);
            return Ok(());
        }
        self.set_register(window, Value::UNDEF);
        let result = self.bind_descriptor(&attr, &obj, &class);
        self.complete(result, To::by(Delivery::Call, window.plus(1)))
    }

    /// Work out again what the flags of a class (and its subclasses) say of its special methods.
    pub fn refresh_flags(&mut self, class: &Ref<Type>) {
        use TypeFlags as F;
        let n = &self.names;
        let mut flags = class.flags().0;
        let mut say = |flag: F, yes: bool| if yes { flags |= flag.0 } else { flags &= !flag.0 };
        // Does the class say otherwise than the builtin class it derives from?
        let python = |name: &Ref<Str>| {
            class.lookup(name).is_some_and(|method| !is_native_method(&method) || !is_inherited(class, name, &method))
        };
        let hash = class.lookup(&n.hash);
        say(F::CUSTOM_EQ, python(&n.eq) || python(&n.ne));
        say(F::UNHASHABLE, hash.as_ref().is_some_and(Value::is_none));
        say(F::CUSTOM_HASH, hash.is_some_and(|method| !method.is_none()) && python(&n.hash));
        say(F::GETATTRIBUTE, python(&n.getattribute));
        say(F::GETATTR, class.lookup(&n.getattr).is_some());
        say(F::SETATTR, python(&n.setattr));
        say(F::DELATTR, python(&n.delattr));
        say(F::DEL, class.lookup(&n.del).is_some());
        say(F::CUSTOM_BOOL, python(&n.bool_) || python(&n.len));
        say(F::CUSTOM_REPR, python(&n.repr) || python(&n.str_));
        say(F::CUSTOM_ITER, python(&n.iter) || python(&n.next));
        say(F::CUSTOM_ITEM, python(&n.getitem) || python(&n.setitem));
        say(F::CUSTOM_INIT, python(&n.init) || python(&n.new));
        class.set_flags(F(flags));
        for sub in class.subclasses() {
            self.refresh_flags(&sub);
        }
    }

    /// Is the attribute a function whose binding only puts the receiver in front?
    pub fn is_plain_method(attr: &Value) -> bool {
        is_method(attr)
    }
}

/// Is it a function whose binding only puts the receiver in front of the arguments?
pub(super) fn is_method(attr: &Value) -> bool {
    match attr.kind() {
        Some(Kind::Function) => true,
        Some(Kind::Native) => attr.get::<crate::object::NativeFunction>().is_some_and(|native| !native.owner.is_none()),
        _ => false,
    }
}

/// Is `method` what the nearest builtin ancestor of the class has under this name?
fn is_inherited(class: &Ref<Type>, name: &Ref<Str>, method: &Value) -> bool {
    let mro = class.mro.borrow();
    let mut builtin = mro.iter().filter(|ancestor| !ancestor.flags().has(TypeFlags::HEAP));
    builtin.find_map(|ancestor| ancestor.dict.get_str(name)).is_some_and(|natural| natural.is(method))
}

fn is_native_method(method: &Value) -> bool {
    match method.kind() {
        Some(Kind::Native) => method.get::<NativeFunction>().is_some_and(|native| !native.in_python.get()),
        Some(Kind::StaticMethod) => {
            method.get::<StaticMethod>().is_some_and(|wrapped| wrapped.function.is_kind(Kind::Native))
        }
        _ => false,
    }
}
