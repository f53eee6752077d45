//! Who is believed: certificates that are trusted, what is asked of a peer's, and our own with their keys.
//!
//! Paths are built and signatures checked by webpki. What is judged here besides is what OpenSSL does otherwise: a certificate
//! that is itself among the trusted needs no issuer, and a refusal has a number and a text.

use rustls::client::ResolvesClientCert;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};
use std::sync::{Arc, Mutex};
use webpki::{CertRevocationList, EndEntityCert, KeyUsage, OwnedCertRevocationList};
use webpki::{RevocationCheckDepth, RevocationOptionsBuilder, UnknownStatusPolicy};

/// Certificates that are trusted, and lists of those that are so no longer.
#[derive(Debug, Default)]
pub struct Trust {
    certificates: Vec<CertificateDer<'static>>,
    /// What is needed of each of them, in the same order.
    anchors: Vec<TrustAnchor<'static>>,
    subjects: Vec<DistinguishedName>,
    revocations: Vec<CertRevocationList<'static>>,
}

impl Trust {
    /// Of certificates and lists of revocations, as DER; `None` if one of them is malformed.
    pub fn new(certificates: Vec<Vec<u8>>, revocations: &[Vec<u8>]) -> Option<Trust> {
        let mut trust = Trust::default();
        for der in certificates {
            let certificate = CertificateDer::from(der);
            let anchor = webpki::anchor_from_trusted_cert(&certificate).ok()?.to_owned();
            trust.subjects.push(DistinguishedName::in_sequence(&anchor.subject));
            trust.anchors.push(anchor);
            trust.certificates.push(certificate);
        }
        for der in revocations {
            trust.revocations.push(OwnedCertRevocationList::from_der(der).ok()?.into());
        }
        Some(trust)
    }
}

/// How much of a path must be known not to be revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// Nothing.
    Unasked,
    /// The peer's own certificate.
    Leaf,
    /// All of it.
    Chain,
}

/// What became of a peer's certificate.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Why it was refused: OpenSSL's number, and the text.
    pub refused: Option<(i64, String)>,
    /// The path from it to one that is trusted.
    pub chain: Vec<Vec<u8>>,
}

/// Judges the certificates that the peer of one connection shows.
#[derive(Debug)]
pub struct Judge {
    pub trust: Arc<Trust>,
    /// Are they judged at all?
    pub asks: bool,
    /// Must a client have one?
    pub insists: bool,
    /// The name that a server must have, if that is asked.
    pub name: Option<ServerName<'static>>,
    pub revocation: Revocation,
    pub algorithms: WebPkiSupportedAlgorithms,
    pub verdict: Mutex<Verdict>,
}

impl Judge {
    /// A look at what came of it. Nobody panics while they hold it.
    pub fn with_verdict<R>(&self, look: impl FnOnce(&mut Verdict) -> R) -> R {
        look(&mut self.verdict.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    fn judge(
        &self,
        leaf: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        usage: KeyUsage,
        now: UnixTime,
    ) -> Result<(), Error> {
        if !self.asks {
            return Ok(());
        }
        match self.path(leaf, between, usage, now) {
            Ok(chain) => {
                self.with_verdict(|verdict| verdict.chain = chain);
                Ok(())
            }
            Err((error, code, text)) => {
                self.with_verdict(|verdict| verdict.refused = Some((code, text)));
                Err(error.into())
            }
        }
    }

    /// The path to one that is trusted, or what is wrong: first of all that there is none, then the name, then everything else.
    fn path(
        &self,
        leaf: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        usage: KeyUsage,
        now: UnixTime,
    ) -> Result<Vec<Vec<u8>>, (CertificateError, i64, String)> {
        let parsed = EndEntityCert::try_from(leaf)
            .map_err(|_| (CertificateError::BadEncoding, 1, "unspecified certificate verification error".into()))?;
        if self.trust.certificates.contains(leaf) {
            self.check_name(&parsed)?;
            return match dates(leaf) {
                Some((from, _)) if now.as_secs() < from => Err(not_yet()),
                Some((_, until)) if now.as_secs() > until => Err(expired()),
                Some(_) => Ok(vec![leaf.to_vec()]),
                None => {
                    Err((CertificateError::BadEncoding, 13, "format error in certificate's notBefore field".into()))
                }
            };
        }
        let lists: Vec<_> = self.trust.revocations.iter().collect();
        let options = match self.revocation {
            Revocation::Unasked => None,
            depth => {
                let depth = match depth {
                    Revocation::Chain => RevocationCheckDepth::Chain,
                    _ => RevocationCheckDepth::EndEntity,
                };
                let Ok(builder) = RevocationOptionsBuilder::new(&lists) else {
                    let text = "unable to get certificate CRL";
                    return Err((CertificateError::UnknownRevocationStatus, 3, text.into()));
                };
                Some(builder.with_depth(depth).with_status_policy(UnknownStatusPolicy::Deny).build())
            }
        };
        let anchors = &self.trust.anchors;
        let found = parsed.verify_for_usage(self.algorithms.all, anchors, between, now, usage, options, None);
        let is_own_issuer = parsed.issuer() == parsed.subject();
        match found {
            Err(webpki::Error::UnknownIssuer) => return Err(nobody_knows(&parsed, between)),
            Err(webpki::Error::CaUsedAsEndEntity) if is_own_issuer => return Err(nobody_knows(&parsed, between)),
            _ => {}
        }
        self.check_name(&parsed)?;
        let path = found.map_err(refusal)?;
        let mut chain = vec![leaf.to_vec()];
        chain.extend(path.intermediate_certificates().map(|certificate| certificate.der().to_vec()));
        let root = anchors.iter().position(|anchor| std::ptr::eq(anchor, path.anchor()));
        chain.extend(root.and_then(|n| self.trust.certificates.get(n)).map(|root| root.to_vec()));
        Ok(chain)
    }

    fn check_name(&self, leaf: &EndEntityCert<'_>) -> Result<(), (CertificateError, i64, String)> {
        let Some(name) = &self.name else { return Ok(()) };
        if leaf.verify_is_valid_for_subject_name(name).is_ok() {
            return Ok(());
        }
        let (code, what) = match name {
            ServerName::IpAddress(_) => (64, "IP address"),
            _ => (62, "Hostname"),
        };
        let text = format!("{what} mismatch, certificate is not valid for '{}'.", name.to_str());
        Err((CertificateError::NotValidForName, code, text))
    }
}

/// What is said of a path that leads to nobody who is trusted.
fn nobody_knows(leaf: &EndEntityCert<'_>, between: &[CertificateDer<'_>]) -> (CertificateError, i64, String) {
    let is_own_issuer = |certificate: &EndEntityCert<'_>| certificate.issuer() == certificate.subject();
    let ends_in_itself =
        || between.iter().any(|der| EndEntityCert::try_from(der).is_ok_and(|certificate| is_own_issuer(&certificate)));
    let (code, text) = if is_own_issuer(leaf) {
        (18, "self-signed certificate")
    } else if ends_in_itself() {
        (19, "self-signed certificate in certificate chain")
    } else {
        (20, "unable to get local issuer certificate")
    };
    (CertificateError::UnknownIssuer, code, text.into())
}

fn expired() -> (CertificateError, i64, String) {
    (CertificateError::Expired, 10, "certificate has expired".into())
}

fn not_yet() -> (CertificateError, i64, String) {
    (CertificateError::NotValidYet, 9, "certificate is not yet valid".into())
}

/// What webpki says against a path, with OpenSSL's number and words.
fn refusal(error: webpki::Error) -> (CertificateError, i64, String) {
    use webpki::Error as E;
    let (kind, code, text) = match error {
        E::CertExpired { .. } | E::InvalidCertValidity => return expired(),
        E::CertNotValidYet { .. } => return not_yet(),
        E::CertRevoked => (CertificateError::Revoked, 23, "certificate revoked"),
        E::UnknownRevocationStatus => (CertificateError::UnknownRevocationStatus, 3, "unable to get certificate CRL"),
        E::CrlExpired { .. } => (CertificateError::ExpiredRevocationList, 12, "CRL has expired"),
        E::InvalidSignatureForPublicKey => (CertificateError::BadSignature, 7, "certificate signature failure"),
        E::RequiredEkuNotFoundContext(_) => (CertificateError::InvalidPurpose, 26, "unsuitable certificate purpose"),
        E::EndEntityUsedAsCa => (CertificateError::UnknownIssuer, 79, "invalid CA certificate"),
        E::PathLenConstraintViolated => (CertificateError::UnknownIssuer, 25, "path length constraint exceeded"),
        E::NameConstraintViolation => (CertificateError::UnknownIssuer, 47, "permitted subtree violation"),
        E::UnsupportedCriticalExtension => {
            (CertificateError::UnhandledCriticalExtension, 34, "unhandled critical extension")
        }
        E::UnsupportedSignatureAlgorithmContext(_) | E::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => {
            (CertificateError::BadSignature, 68, "CA signature digest algorithm too weak")
        }
        other => {
            return (CertificateError::BadEncoding, 1, format!("unspecified certificate verification error ({other})"));
        }
    };
    (kind, code, text.into())
}

/// From when until when a certificate is valid, in seconds since 1970.
fn dates(certificate: &[u8]) -> Option<(u64, u64)> {
    let mut fields = contents(certificate, 0x30)?.0;
    fields = contents(fields, 0x30)?.0;
    // The version, the serial number, the algorithm, and the issuer come first.
    for tag in [0xA0, 0x02, 0x30, 0x30] {
        fields = contents(fields, tag)?.1;
    }
    let (first, rest) = element(contents(fields, 0x30)?.0)?;
    Some((moment(first)?, moment(element(rest)?.0)?))
}

/// A tag and its contents.
type Element<'a> = (u8, &'a [u8]);

/// The first element of some DER, and what comes after it.
fn element(der: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let (&[tag, first], mut rest) = der.split_first_chunk::<2>()?;
    let mut length = usize::from(first);
    if first >= 0x80 {
        let (digits, after) = rest.split_at_checked(usize::from(first & 0x7F))?;
        length = digits.iter().try_fold(0usize, |sum, byte| sum.checked_mul(256)?.checked_add(usize::from(*byte)))?;
        rest = after;
    }
    let (inside, after) = rest.split_at_checked(length)?;
    Some(((tag, inside), after))
}

fn contents(der: &[u8], wanted: u8) -> Option<(&[u8], &[u8])> {
    let ((tag, inside), rest) = element(der)?;
    (tag == wanted).then_some((inside, rest))
}

/// A `UTCTime` or `GeneralizedTime` in the only form that certificates may have.
fn moment((tag, text): Element<'_>) -> Option<u64> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (year, rest) = match tag {
        0x17 => (text.get(..2)?.parse::<u64>().ok()?, text.get(2..)?),
        0x18 => (text.get(..4)?.parse::<u64>().ok()?, text.get(4..)?),
        _ => return None,
    };
    let year = match (tag, year) {
        (0x17, 50..) => 1900 + year,
        (0x17, _) => 2000 + year,
        _ => year,
    };
    let number = |n: usize| rest.get(2 * n..2 * n + 2)?.parse::<u64>().ok();
    let (month, day) = (number(0)?, number(1)?);
    if year < 1970 {
        return Some(0);
    }
    // Days since 1970, with the year begun in March.
    let (y, m) = if month > 2 { (year, month.checked_sub(3)?) } else { (year - 1, month + 9) };
    let days = y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day.checked_sub(1)? - 719_468;
    Some(((days * 24 + number(2)?) * 60 + number(3)?) * 60 + number(4)?)
}

impl ServerCertVerifier for Judge {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.judge(end_entity, intermediates, KeyUsage::server_auth(), now).map(|()| ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls12_signature(message, certificate, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls13_signature(message, certificate, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

impl ClientCertVerifier for Judge {
    fn offer_client_auth(&self) -> bool {
        self.asks
    }

    fn client_auth_mandatory(&self) -> bool {
        self.insists
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &self.trust.subjects
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        self.judge(end_entity, intermediates, KeyUsage::client_auth(), now).map(|()| ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        ServerCertVerifier::verify_tls12_signature(self, message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        ServerCertVerifier::verify_tls13_signature(self, message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// Our own certificates: of several the first whose key can sign in a way that the peer understands.
#[derive(Debug, Default)]
pub struct Identities(pub Vec<Arc<CertifiedKey>>);

impl Identities {
    fn fitting(&self, schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.0.iter().find(|identity| identity.key.choose_scheme(schemes).is_some()).cloned()
    }
}

impl ResolvesServerCert for Identities {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.fitting(hello.signature_schemes())
    }
}

impl ResolvesClientCert for Identities {
    fn resolve(&self, _: &[&[u8]], schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.fitting(schemes)
    }

    fn has_certs(&self) -> bool {
        !self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_seconds_since_1970() {
        assert_eq!(moment((0x17, b"700101000000Z")), Some(0));
        assert_eq!(moment((0x17, b"260228235959Z")), Some(1_772_323_199));
        assert_eq!(moment((0x17, b"240229000000Z")), Some(1_709_164_800));
        assert_eq!(moment((0x18, b"20500101000000Z")), Some(2_524_608_000));
        assert_eq!(moment((0x18, b"99991231235959Z")), Some(253_402_300_799));
        assert_eq!(moment((0x17, b"260000000000Z")), None);
        assert_eq!(moment((0x17, b"2602")), None);
        assert_eq!(moment((0x17, "26\u{e4}228235959Z".as_bytes())), None);
    }

    #[test]
    fn elements_end_where_they_say() {
        assert_eq!(element(&[0x04, 2, 7, 8, 9]), Some(((0x04, &[7, 8][..]), &[9][..])));
        assert_eq!(element(&[0x04, 0x81, 1, 7]), Some(((0x04, &[7][..]), &[][..])));
        assert_eq!(element(&[0x04, 3, 7]), None);
        assert_eq!(element(&[0x04, 0x89, 255, 255, 255, 255, 255, 255, 255, 255, 255]), None);
    }
}
