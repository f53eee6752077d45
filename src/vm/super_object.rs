//! `super`: attributes looked up beyond a class (the descriptor guide calls it cooperative lookup).

use super::{Exit, NativeResult, Vm};
use crate::object::descriptor::Super;
use crate::object::{Ref, Str, Type, Value};

impl Vm {
    /// What the classes after `object.class` have under the name, bound to the receiver; `None` when they have nothing.
    pub(super) fn find_super_attr(&mut self, object: &Super, name: &Ref<Str>) -> Result<Option<Value>, Exit> {
        let Some(start) = object.receiver_class.to_ref::<Type>() else { return Ok(None) };
        if name.is(&self.names.class) {
            return Ok(None);
        }
        let order = start.mro.borrow().clone();
        let after = order.iter().position(|class| class.is(&object.class)).map_or(order.len(), |at| at + 1);
        let Some(attr) = order[after..].iter().find_map(|class| class.dict.get_str(name)) else { return Ok(None) };
        // The receiver is itself the class whose order is searched: `super()` in a class method.
        if object.receiver.is(&object.receiver_class) {
            return self.bind_to_class(&attr, &start).map(Some);
        }
        self.bind(&attr, &object.receiver, &start).map(Some)
    }

    /// `super(class, receiver)`
    pub fn super_of(&mut self, class: Ref<Type>, receiver: Value) -> NativeResult {
        let receiver_class = match receiver.to_ref::<Type>() {
            Some(sub) if sub.is_subclass(&class) => sub,
            kind => {
                let own = self.class_of(&receiver);
                if !own.is_subclass(&class) {
                    let what = match kind {
                        Some(sub) => format!("type {}", sub.name()),
                        None => format!("instance of {}", own.name()),
                    };
                    let message = format!(
                        "super(type, obj): obj ({what}) is not an instance or subtype of type ({}).",
                        class.name()
                    );
                    return Err(self.type_error(message));
                }
                own
            }
        };
        Ok(Value::object(Ref::new(Super { class, receiver, receiver_class: receiver_class.into_value() })))
    }

    /// Reading a `super` object from a class gives, if it has no receiver yet, one that has.
    pub fn bind_super(&mut self, attr: &Value, receiver: &Value) -> NativeResult {
        match attr.native::<Super>() {
            Some(object) if object.receiver.is_undef() && !receiver.is_none() => {
                let class = object.class.clone();
                self.super_of(class, receiver.clone())
            }
            _ => Ok(attr.clone()),
        }
    }

    /// End a native by calling, in its place, a special method that was found on the class of `receiver`.
    pub fn tail_method(&mut self, method: Value, receiver: &Value, rest: &[Value]) -> NativeResult {
        let mut args = vec![receiver.clone()];
        args.extend_from_slice(rest);
        if Vm::is_plain_method(&method) {
            return self.tail_call(method, args);
        }
        args.insert(0, method);
        self.tail_prelude("call_special", args)
    }
}
