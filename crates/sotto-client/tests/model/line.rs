//! How is one client cut off? Its way to the server ends at once and for whatever is under way, until it is mended.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A way to the server.
pub struct Line {
    pub address: SocketAddr,
    open: watch::Sender<bool>,
}

impl Line {
    pub async fn lay(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, open) = (listener.local_addr().unwrap(), watch::Sender::new(true));
        let gate = open.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                // Where it is cut, whoever comes is sent away.
                if *gate.borrow() {
                    tokio::spawn(carry(near, server, gate.subscribe()));
                }
            }
        });
        Self { address, open }
    }

    pub fn cut(&self) {
        self.open.send_replace(false);
    }

    pub fn mend(&self) {
        self.open.send_replace(true);
    }

    pub fn is_cut(&self) -> bool {
        !*self.open.borrow()
    }
}

/// Carries both ways until one side ends or the line is cut: what is in the middle then arrives nowhere.
async fn carry(mut near: TcpStream, server: SocketAddr, mut open: watch::Receiver<bool>) {
    let Ok(mut far) = TcpStream::connect(server).await else { return };
    let cut = async { open.wait_for(|open| !*open).await.is_ok() };
    tokio::select! {
        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
        _ = cut => {}
    }
}
