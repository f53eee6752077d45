//! What goes wrong in TLS, in OpenSSL's words, by which programs know it.

use rustls::{AlertDescription, Error, InvalidMessage, PeerIncompatible};

/// The text of a general error: somebody takes us for a server of plain HTTP.
pub const HTTP_REQUEST: &str = "http request";

/// The reason's name and text, as `SSLError` has them. What OpenSSL has no word for keeps rustls'.
pub fn reason_of(error: &Error) -> (String, String) {
    let text = match error {
        Error::AlertReceived(alert) => return alert_received(*alert),
        Error::NoCertificatesPresented => "peer did not return a certificate",
        Error::DecryptError => "decryption failed or bad record mac",
        Error::PeerSentOversizedRecord => "encrypted length too long",
        Error::NoApplicationProtocol => "no application protocol",
        Error::InappropriateMessage { .. } | Error::InappropriateHandshakeMessage { .. } => "unexpected message",
        Error::InvalidMessage(InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion) => {
            "wrong version number"
        }
        Error::InvalidMessage(InvalidMessage::MessageTooLarge) => "packet length too long",
        Error::InvalidMessage(_) => "bad packet",
        Error::PeerIncompatible(which) => match which {
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
            | PeerIncompatible::SupportedVersionsExtensionRequired
            | PeerIncompatible::Tls12NotOffered
            | PeerIncompatible::Tls12NotOfferedOrEnabled => "unsupported protocol",
            PeerIncompatible::NoCipherSuitesInCommon => "no shared cipher",
            PeerIncompatible::NoKxGroupsInCommon => "no suitable key share",
            PeerIncompatible::NoSignatureSchemesInCommon => "no suitable signature algorithm",
            _ => "handshake failure",
        },
        Error::General(text) if text == HTTP_REQUEST => HTTP_REQUEST,
        Error::General(text) if text.starts_with("no server certificate chain") => "no shared cipher",
        Error::InvalidCertificate(_) => "certificate verify failed",
        other => return ("TLS_ERROR".into(), other.to_string()),
    };
    (name_of(text), text.into())
}

/// A reason's name: its text in capitals.
fn name_of(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}

fn alert_received(alert: AlertDescription) -> (String, String) {
    use AlertDescription as Alert;
    // Alerts that SSL 3 had are known by that name, those of TLS 1.0 by this, those of extensions without the word, and so on.
    let (era, what) = match alert {
        Alert::UnexpectedMessage => ("sslv3 alert", "unexpected message"),
        Alert::BadRecordMac => ("sslv3 alert", "bad record mac"),
        Alert::HandshakeFailure => ("sslv3 alert", "handshake failure"),
        Alert::NoCertificate => ("sslv3 alert", "no certificate"),
        Alert::BadCertificate => ("sslv3 alert", "bad certificate"),
        Alert::UnsupportedCertificate => ("sslv3 alert", "unsupported certificate"),
        Alert::CertificateRevoked => ("sslv3 alert", "certificate revoked"),
        Alert::CertificateExpired => ("sslv3 alert", "certificate expired"),
        Alert::CertificateUnknown => ("sslv3 alert", "certificate unknown"),
        Alert::IllegalParameter => ("sslv3 alert", "illegal parameter"),
        Alert::RecordOverflow => ("tlsv1 alert", "record overflow"),
        Alert::UnknownCA => ("tlsv1 alert", "unknown ca"),
        Alert::AccessDenied => ("tlsv1 alert", "access denied"),
        Alert::DecodeError => ("tlsv1 alert", "decode error"),
        Alert::DecryptError => ("tlsv1 alert", "decrypt error"),
        Alert::ProtocolVersion => ("tlsv1 alert", "protocol version"),
        Alert::InsufficientSecurity => ("tlsv1 alert", "insufficient security"),
        Alert::InternalError => ("tlsv1 alert", "internal error"),
        Alert::InappropriateFallback => ("tlsv1 alert", "inappropriate fallback"),
        Alert::UserCanceled => ("tlsv1 alert", "user cancelled"),
        Alert::NoRenegotiation => ("tlsv1 alert", "no renegotiation"),
        Alert::UnknownPSKIdentity => ("tlsv1 alert", "unknown psk identity"),
        Alert::NoApplicationProtocol => ("tlsv1 alert", "no application protocol"),
        Alert::UnsupportedExtension => ("tlsv1", "unsupported extension"),
        Alert::CertificateUnobtainable => ("tlsv1", "certificate unobtainable"),
        Alert::UnrecognisedName => ("tlsv1", "unrecognized name"),
        Alert::BadCertificateStatusResponse => ("tlsv1", "bad certificate status response"),
        Alert::BadCertificateHashValue => ("tlsv1", "bad certificate hash value"),
        Alert::MissingExtension => ("tlsv13 alert", "missing extension"),
        Alert::CertificateRequired => ("tlsv13 alert", "certificate required"),
        other => {
            let number = u8::from(other);
            return (format!("ALERT_{number}"), format!("alert number {number}"));
        }
    };
    let text = format!("{era} {what}");
    (name_of(&text), text)
}
