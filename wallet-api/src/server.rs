use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App, Error, HttpServer};
use anxin_core::dispatch::Engine;
use tracing_actix_web::TracingLogger;

use crate::asset::{Asset, Keep};
use crate::config::{Config, Contents};
use crate::connection::{Connection, QUIET};
use crate::metrics::Metrics;
use crate::observe::{Quiet, finish};
use crate::problem::ApiError;
use crate::wallet::{Wallet, WalletError, keep_demonstration};
use crate::{human, openapi, routes, seed};
use wallet_types::TransportCode;

/// Seconds that open requests have to end after the server was told to stop.
const SHUTDOWN_SECONDS: u64 = 10;
/// How long somebody may take to send the body of a request, where no setting says otherwise.
pub(crate) const READ_BODY: Duration = Duration::from_secs(30);

/// Everything that is sent, made once at the start.
#[derive(Debug)]
pub struct Service {
    contents: Contents,
    wallet: Option<Arc<Wallet>>,
    metrics: Arc<Metrics>,
    patience: Duration,
    index: Asset,
    described: OnceLock<Described>,
    style: Asset,
    without_page: Asset,
}

/// What the server says of its interface. Most servers are never asked, and to have it ready would take as much memory
/// as all the rest of one that idles.
#[derive(Debug)]
pub(crate) struct Described {
    pub openapi: Asset,
    pub human: Asset,
}

fn html(text: String) -> Asset {
    Asset::new(text, "text/html; charset=utf-8", Keep::Revalidate).compressed().packed()
}

fn json(bytes: Vec<u8>) -> Asset {
    Asset::new(bytes, "application/json", Keep::Revalidate).compressed().packed()
}

impl Service {
    /// # Errors
    /// When the server's own descriptions cannot be written as JSON.
    pub fn new(contents: Contents) -> Result<Service, serde_json::Error> {
        Service::with_wallet(contents, None, Arc::default())
    }

    /// # Errors
    /// As [`Service::new`].
    pub fn with_wallet(
        contents: Contents,
        wallet: Option<Arc<Wallet>>,
        metrics: Arc<Metrics>,
    ) -> Result<Service, serde_json::Error> {
        Ok(Service {
            index: json(serde_json::to_vec(&contents.packs.index)?),
            described: OnceLock::new(),
            style: Asset::new(human::STYLE, "text/css; charset=utf-8", Keep::Revalidate).compressed(),
            without_page: html(human::how_to_build_the_page()),
            contents,
            wallet,
            metrics,
            patience: READ_BODY,
        })
    }

    /// # Errors
    /// Where the server runs without one.
    pub(crate) fn wallet(&self) -> Result<&Wallet, ApiError> {
        self.wallet.as_deref().ok_or(ApiError::Transport(TransportCode::NoWallet))
    }

    /// The same with another time for the body of a request.
    #[must_use]
    pub fn patient(self, patience: Duration) -> Service {
        Service { patience, ..self }
    }

    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.contents.packs.engine
    }

    pub(crate) fn index(&self) -> &Asset {
        &self.index
    }

    pub(crate) fn pack(&self, id: &str) -> Option<&Asset> {
        self.contents.packs.asset(id)
    }

    /// The interface described. The first call calculates every example, which takes a while.
    pub(crate) fn described(&self) -> &Described {
        self.described.get_or_init(|| {
            let description = openapi::document(&self.contents.packs.engine);
            Described { openapi: json(description.to_string().into()), human: html(human::api_page(&description)) }
        })
    }

    pub(crate) fn style(&self) -> &Asset {
        &self.style
    }

    pub(crate) fn page(&self, path: &str) -> Option<&Asset> {
        match &self.contents.site {
            Some(site) => site.find(path),
            None => Some(&self.without_page).filter(|_| path == "/"),
        }
    }
}

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        address: String,
        #[source]
        cause: io::Error,
    },
    #[error("the page in {dir} cannot be read: {cause}")]
    Site {
        dir: String,
        #[source]
        cause: io::Error,
    },
    #[error("{0}")]
    Wallet(#[from] WalletError),
    #[error("the server's description cannot be written: {0}")]
    Description(#[from] serde_json::Error),
    #[error("the server stopped: {0}")]
    Stopped(io::Error),
}

/// All routes over one service.
pub fn app(
    service: Data<Service>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new().app_data(service).configure(routes::configure).wrap(from_fn(finish)).wrap(TracingLogger::<Quiet>::new())
}

/// Serves until the process is told to stop (SIGTERM or Ctrl-C), then lets open requests end.
/// `listening` is called once with the address, when requests are taken.
///
/// # Errors
/// When the address is taken or the page cannot be read.
pub fn serve(config: &Config, contents: Contents, listening: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let site = config
        .site
        .as_deref()
        .map(|dir| crate::Site::read(dir).map_err(|cause| ServeError::Site { dir: dir.display().to_string(), cause }));
    let contents = Contents { site: site.transpose()?.or(contents.site), ..contents };
    let settings = &config.settings;
    let (host, port) = (settings.listen.host.as_str(), settings.listen.port);
    let refused = |cause| ServeError::Listen { address: format!("{host}:{port}"), cause };
    actix_web::rt::System::new().block_on(async move {
        let metrics = Arc::<Metrics>::default();
        let wallet = match settings.database.url.is_empty() {
            true => None,
            false => Wallet::open(settings, contents.packs.family()?, Arc::clone(&metrics)).await?,
        };
        if let Some(wallet) = wallet.as_ref().filter(|_| settings.demo) {
            seed::if_empty(wallet).await?;
            tokio::spawn(keep_demonstration(Arc::downgrade(wallet)));
        }
        let seconds = |seconds: u32| Duration::from_secs(seconds.into());
        let service = Service::with_wallet(contents, wallet.clone(), metrics)?;
        let service = Data::new(service.patient(seconds(settings.limits.body_seconds)));
        let head = seconds(settings.limits.head_seconds);
        let server = HttpServer::new(move || app(service.clone()))
            .shutdown_timeout(SHUTDOWN_SECONDS)
            .client_request_timeout(head)
            .keep_alive(QUIET)
            .on_connect(move |io, data| Connection::watch(io, data, head))
            .bind((host, port))
            .map_err(refused)?;
        if let Some(address) = server.addrs().first() {
            listening(*address);
        }
        let stopped = server.run().await.map_err(ServeError::Stopped);
        if let Some(wallet) = wallet {
            // What was asked is stored before the process ends, unless the store itself hangs.
            let _ = tokio::time::timeout(Duration::from_secs(SHUTDOWN_SECONDS), wallet.finish()).await;
        }
        stopped
    })
}
