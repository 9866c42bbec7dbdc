//! Connections: each has one request, and limits of its own. `axum::serve` would have neither a timer nor a count.

use std::net::{IpAddr, TcpListener as Bound};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, Id, JoinSet};
use tokio::time::{sleep, timeout};

use super::Limits;
use super::figures::Figures;
use super::front::Front;

/// How much is read at once of what nobody wants to know any more.
const PIECE: usize = 16 << 10;
/// How much of it is read at most: a body that is too long is cut off in the end.
const LINGERING: usize = 4 << 20;
/// How long it is waited where the system has no room for one more connection.
const BREATH: Duration = Duration::from_millis(50);

/// A connection that is open.
struct Open {
    peer: IpAddr,
    /// Its request has come, and is being answered.
    busy: Arc<AtomicBool>,
    task: AbortHandle,
}

/// Serves until `ended`; then what was begun is answered.
pub(super) async fn serve(
    bound: Bound,
    front: Front,
    limits: Limits,
    figures: Arc<Figures>,
    mut ended: oneshot::Receiver<()>,
) {
    let Ok(listener) = TcpListener::from_std(bound) else { return };
    let router = front.router();
    let mut tasks = JoinSet::new();
    // The oldest first.
    let mut open: Vec<Open> = Vec::new();
    loop {
        tokio::select! {
            _ = &mut ended => break,
            Some(done) = tasks.join_next_with_id() => {
                let id = match done {
                    Ok((id, ())) => id,
                    Err(error) => error.id(),
                };
                forget(&mut open, id, &figures);
            }
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    if !make_room(&mut open, peer.ip(), limits, &figures) {
                        continue;
                    }
                    let busy = Arc::new(AtomicBool::new(false));
                    let task = tasks.spawn(connection(stream, router.clone(), Arc::clone(&busy), limits));
                    figures.opened();
                    open.push(Open { peer: peer.ip(), busy, task });
                }
                Err(_) => sleep(BREATH).await,
            },
        }
    }
    drop(listener);
    open.iter().filter(|one| !one.busy.load(Ordering::Relaxed)).for_each(|one| one.task.abort());
    while tasks.join_next().await.is_some() {}
}

fn forget(open: &mut Vec<Open>, id: Id, figures: &Figures) {
    if let Some(at) = open.iter().position(|one| one.task.id() == id) {
        open.remove(at);
        figures.closed();
    }
}

/// Whether there is room for one more connection of this peer: where there is none, the oldest goes that has asked for
/// nothing yet, so that nobody keeps others out by saying nothing.
fn make_room(open: &mut Vec<Open>, peer: IpAddr, limits: Limits, figures: &Figures) -> bool {
    let of_peer = open.iter().filter(|one| one.peer == peer).count();
    let has_many = !peer.is_loopback() && of_peer >= limits.of_one_peer;
    if !has_many && open.len() < limits.connections {
        return true;
    }
    figures.made_room();
    let is_idle = |one: &Open| !one.busy.load(Ordering::Relaxed) && (!has_many || one.peer == peer);
    match open.iter().position(is_idle) {
        Some(at) => {
            open.remove(at).task.abort();
            figures.closed();
            true
        }
        None => false,
    }
}

async fn connection(stream: TcpStream, router: Router, busy: Arc<AtomicBool>, limits: Limits) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request: Request<Incoming>| {
        busy.store(true, Ordering::Relaxed);
        router.call(request.map(Body::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_header_size(limits.head_bytes)
        // One request each: nothing can be smuggled in behind it, and nothing stays open for nothing.
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .without_shutdown();
    // Whoever does not take the answer does not keep it either.
    let Ok(Ok(parts)) = timeout(limits.head + limits.request + limits.linger, connection).await else {
        return;
    };
    // Closed while something comes in still, the answer would be lost with it.
    let _ = timeout(limits.linger, linger(parts.io.into_inner())).await;
}

/// Ends the answer, and lets the caller finish.
async fn linger(mut stream: TcpStream) {
    let mut piece = vec![0; PIECE];
    let mut left = LINGERING;
    if stream.shutdown().await.is_err() {
        return;
    }
    while left > 0 && stream.readable().await.is_ok() {
        match stream.try_read(&mut piece) {
            Ok(0) => return,
            Ok(read) => left = left.saturating_sub(read),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
    }
}
