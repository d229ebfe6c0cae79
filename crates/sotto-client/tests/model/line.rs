//! How is one client cut off? Its way to the server ends at once and for whatever is under way, until it is mended.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Whether it is open, and how often it was cut: who is carried ends with the cut, however soon it is mended.
#[derive(Clone, Copy, PartialEq, Eq)]
struct State {
    open: bool,
    cuts: u64,
}

/// A way to the server.
pub struct Line {
    pub address: SocketAddr,
    state: watch::Sender<State>,
}

impl Line {
    pub async fn lay(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, state) = (listener.local_addr().unwrap(), watch::Sender::new(State { open: true, cuts: 0 }));
        let gate = state.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let now = *gate.borrow();
                // Where it is cut, whoever comes is sent away.
                if now.open {
                    tokio::spawn(carry(near, server, gate.subscribe(), now));
                }
            }
        });
        Self { address, state }
    }

    pub fn cut(&self) {
        self.state.send_modify(|state| *state = State { open: false, cuts: state.cuts + 1 });
    }

    pub fn mend(&self) {
        self.state.send_modify(|state| state.open = true);
    }

    pub fn is_cut(&self) -> bool {
        !self.state.borrow().open
    }
}

/// Carries both ways until one side ends or the line is cut: what is in the middle then arrives nowhere.
async fn carry(mut near: TcpStream, server: SocketAddr, mut state: watch::Receiver<State>, begun: State) {
    let Ok(mut far) = TcpStream::connect(server).await else { return };
    let cut = async { state.wait_for(|now| now.cuts != begun.cuts).await.is_ok() };
    tokio::select! {
        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
        _ = cut => {}
    }
}
