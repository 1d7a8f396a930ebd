//! Bytes that do not change while the server runs, ready to be sent.

use std::io;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    self, AcceptEncoding, CacheControl, CacheDirective, ContentEncoding, ETag, Encoding, EntityTag, Header, IfNoneMatch,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use brotli::enc::BrotliEncoderParams;
use sm3::{Digest, Sm3};

use crate::hex::hex;

/// How long a client may keep an asset without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The name changes with the content.
    Forever,
    /// Asks each time; mostly answered by 304.
    Revalidate,
}

/// One asset with its precompressed twin.
#[derive(Clone, Debug)]
pub struct Asset {
    body: Body,
    size: usize,
    digest: String,
    mime: String,
    keep: Keep,
}

#[derive(Clone, Debug)]
enum Body {
    Plain(Bytes),
    Both {
        plain: Bytes,
        brotli: Bytes,
    },
    /// Unpacked for the few clients that take nothing else: it is a third of the size.
    Brotli(Bytes),
}

impl Asset {
    pub fn new(plain: impl Into<Bytes>, mime: impl Into<String>, keep: Keep) -> Asset {
        let plain = plain.into();
        let digest = hex(&Sm3::digest(&plain));
        Asset { size: plain.len(), body: Body::Plain(plain), digest, mime: mime.into(), keep }
    }

    /// An asset whose content already has a name of its own.
    pub fn named(self, digest: String) -> Asset {
        Asset { digest, ..self }
    }

    /// Adds a Brotli form made beforehand, where it is one of this content.
    pub fn with_brotli(self, brotli: impl Into<Bytes>) -> Asset {
        let brotli = brotli.into();
        let same = |plain: &Bytes| unpack(&brotli).is_ok_and(|unpacked| unpacked == *plain);
        match self.body {
            Body::Plain(plain) if same(&plain) => Asset { body: Body::Both { plain, brotli }, ..self },
            _ => self,
        }
    }

    /// Makes the Brotli form now; kept only where it is smaller.
    pub fn compressed(self) -> Asset {
        let Body::Plain(plain) = &self.body else { return self };
        match compress(plain) {
            Ok(brotli) if brotli.len() < plain.len() => {
                Asset { body: Body::Both { plain: plain.clone(), brotli: brotli.into() }, ..self }
            }
            _ => self,
        }
    }

    /// Holds only the Brotli form, for content that nothing else holds in memory.
    pub fn packed(self) -> Asset {
        match self.body {
            Body::Both { brotli, .. } => Asset { body: Body::Brotli(brotli), ..self },
            _ => self,
        }
    }

    /// Size before compression.
    pub fn len(&self) -> usize {
        self.size
    }

    pub fn respond(&self, request: &HttpRequest) -> HttpResponse {
        let brotli = self.brotli().filter(|_| takes_brotli(request));
        if let Some(known) = self.known_tag(request) {
            return self.head(HttpResponse::NotModified(), known).finish();
        }
        let mut response = self.head(HttpResponse::Ok(), self.tag(brotli.is_some()));
        response.insert_header((header::CONTENT_TYPE, self.mime.as_str()));
        match (brotli, &self.body) {
            (Some(brotli), _) => response.insert_header(ContentEncoding::Brotli).body(brotli.clone()),
            (None, Body::Plain(plain) | Body::Both { plain, .. }) => response.body(plain.clone()),
            (None, Body::Brotli(brotli)) => match unpack(brotli) {
                Ok(plain) => response.body(plain),
                Err(error) => response.status(StatusCode::INTERNAL_SERVER_ERROR).body(error.to_string()),
            },
        }
    }

    fn brotli(&self) -> Option<&Bytes> {
        match &self.body {
            Body::Plain(_) => None,
            Body::Both { brotli, .. } | Body::Brotli(brotli) => Some(brotli),
        }
    }

    /// Two encodings of one content are different bytes and so have different strong tags.
    fn tag(&self, brotli: bool) -> EntityTag {
        EntityTag::new_strong(if brotli { format!("{}-br", self.digest) } else { self.digest.clone() })
    }

    /// The tag of ours that the client already holds. Either encoding serves: the content is the same.
    fn known_tag(&self, request: &HttpRequest) -> Option<EntityTag> {
        let asked = IfNoneMatch::parse(request).ok()?;
        let ours = [self.tag(false), self.tag(true)];
        match asked {
            IfNoneMatch::Any => Some(self.tag(false)).filter(|_| request.headers().contains_key(header::IF_NONE_MATCH)),
            IfNoneMatch::Items(tags) => ours.into_iter().find(|own| tags.iter().any(|t| t.weak_eq(own))),
        }
    }

    fn head(&self, mut response: actix_web::HttpResponseBuilder, tag: EntityTag) -> actix_web::HttpResponseBuilder {
        response.insert_header(ETag(tag)).insert_header((header::VARY, "accept-encoding"));
        response.insert_header(match self.keep {
            Keep::Forever => CacheControl(vec![
                CacheDirective::Public,
                CacheDirective::MaxAge(31_536_000),
                CacheDirective::Extension("immutable".into(), None),
            ]),
            Keep::Revalidate => CacheControl(vec![CacheDirective::NoCache]),
        });
        response
    }
}

fn takes_brotli(request: &HttpRequest) -> bool {
    let offered = [Encoding::brotli(), Encoding::identity()];
    AcceptEncoding::parse(request).is_ok_and(|a| a.negotiate(offered.iter()) == Some(Encoding::brotli()))
}

fn compress(plain: &[u8]) -> io::Result<Vec<u8>> {
    // Higher qualities cost seconds at the start or hash tables of 30 MB whatever the input; a window of
    // 256 KiB holds every pack.
    let params = BrotliEncoderParams { quality: 6, lgwin: 18, size_hint: plain.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*plain, &mut out, &params)?;
    Ok(out)
}

fn unpack(brotli: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    brotli::BrotliDecompress(&mut &*brotli, &mut out)?;
    Ok(out)
}
