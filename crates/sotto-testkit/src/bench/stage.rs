//! What a measurement of the server stands on: a fresh release server, its people, and their rooms.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use sotto_client::transport::tls;

use super::enrol::Desk;
use super::link::Link;
use super::population::{Population, Room};
use crate::server::TestServer;

/// People, and rooms of ten of them; each room has a sender of its own, since a device may make so many requests a second.
const PEOPLE: usize = 100;
const ROOMS: usize = 40;
const ROOM_SIZE: usize = 10;

/// A server with people and empty rooms.
#[derive(Debug)]
pub struct Stage {
    /// The server's process.
    pub server: TestServer,
    /// Everybody.
    pub population: Arc<Population>,
    /// The rooms.
    pub rooms: Vec<Room>,
    /// The organisation's position when the stage was set.
    pub position: u64,
    desk: Desk,
}

impl Stage {
    /// Sets it up in `folder`.
    ///
    /// # Errors
    /// Where the server does not start or refuses somebody.
    pub async fn set(folder: &Path) -> Result<Self> {
        let server = TestServer::create(folder).await?;
        let ca_der = tls::parse_pem(&server.ca_pem()?).map_err(|error| anyhow::anyhow!("{error}"))?;
        let desk = Desk::new(server.url(), ca_der);
        let population = Population::found(&desk, server.setup_code(), PEOPLE).await?;
        let mut stage = Self { server, population: Arc::new(population), rooms: Vec::new(), position: 0, desk };
        for number in 0..ROOMS {
            // Strides that share no factor with the number of people: everybody is in about four rooms, with changing company.
            let members = (0..ROOM_SIZE).map(|place| (number + place * 7 + place * place * number) % PEOPLE).fold(Vec::new(), with_next);
            let (room, key) = stage.population.make_room(members)?;
            let author = room.members.first().copied().context("a room has members")?;
            let stamps = stage.link(author)?.append(vec![key]).await?;
            stage.position = stamps.first().map_or(stage.position, |stamp| stamp.position);
            stage.rooms.push(room);
        }
        Ok(stage)
    }

    /// A new connection of a person's device.
    ///
    /// # Errors
    /// Where there is no such person.
    pub fn link(&self, person: usize) -> Result<Link> {
        let person = self.population.people.get(person).context("there is no such person")?;
        Link::new(&self.desk.origin, &self.desk.ca_der, person.signer.clone())
    }
}

/// The places so far and the next free one from `wanted` on.
fn with_next(mut places: Vec<usize>, wanted: usize) -> Vec<usize> {
    let free = (wanted..wanted + PEOPLE).map(|place| place % PEOPLE).find(|place| !places.contains(place));
    places.extend(free);
    places
}
