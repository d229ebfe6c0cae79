//! How far commands have come, and what machines tell of themselves.

use rusqlite::{Connection, params};
use sotto_protocol::api::{CommandProgress, Report};
use sotto_protocol::{CommandId, WorkstationId};
use sotto_sqlcipher::Result;

use super::Embedded;
use super::number::Number;
use crate::store::StoreError;
use crate::store::fleet::FleetStore;

fn note_delivered(connection: &Connection, now: u64, command: CommandId) -> Result<()> {
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO command (id, delivered_at) VALUES (?1, ?2)")?;
    insert.execute(params![command.as_bytes(), Number(now)])?;
    Ok(())
}

fn note_begun(connection: &Connection, now: u64, command: CommandId) -> Result<()> {
    note_delivered(connection, now, command)?;
    let mut update = connection.prepare_cached("UPDATE command SET begun_at = ?2 WHERE id = ?1 AND begun_at IS NULL")?;
    update.execute(params![command.as_bytes(), Number(now)])?;
    Ok(())
}

fn load_progress(connection: &Connection) -> Result<Vec<CommandProgress>> {
    let mut select = connection.prepare_cached("SELECT id, delivered_at, begun_at FROM command")?;
    let rows = select.query_map([], |row| {
        let begun_at = row.get::<_, Option<Number>>(2)?.map(|at| at.0);
        Ok(CommandProgress { command: CommandId::from_bytes(row.get(0)?), delivered_at: row.get::<_, Number>(1)?.0, begun_at })
    })?;
    rows.map(|row| Ok(row?)).collect()
}

fn store_report(connection: &Connection, workstation: WorkstationId, report: &Report) -> Result<()> {
    // The type's own serialisation cannot fail.
    let json = serde_json::to_string(report).unwrap_or_default();
    let mut replace = connection.prepare_cached("INSERT OR REPLACE INTO report (workstation, json) VALUES (?1, ?2)")?;
    replace.execute(params![workstation.as_bytes(), json])?;
    Ok(())
}

/// One that a newer server wrote in another form is left out.
fn load_reports(connection: &Connection) -> Result<Vec<(WorkstationId, Report)>> {
    let mut select = connection.prepare_cached("SELECT workstation, json FROM report")?;
    let rows = select.query_map([], |row| Ok((WorkstationId::from_bytes(row.get(0)?), row.get::<_, String>(1)?)))?;
    let parsed = rows.map(|row| Ok(row?)).collect::<Result<Vec<_>>>()?;
    Ok(parsed.into_iter().filter_map(|(workstation, json)| Some((workstation, serde_json::from_str(&json).ok()?))).collect())
}

impl FleetStore for Embedded {
    async fn note_delivered(&self, now: u64, commands: Vec<CommandId>) -> std::result::Result<(), StoreError> {
        self.write(move |connection| commands.iter().try_for_each(|command| note_delivered(connection, now, *command))).await
    }

    async fn note_begun(&self, now: u64, command: CommandId) -> std::result::Result<(), StoreError> {
        self.write(move |connection| note_begun(connection, now, command)).await
    }

    async fn load_progress(&self) -> std::result::Result<Vec<CommandProgress>, StoreError> {
        self.readers.run(|connection| load_progress(connection)).await
    }

    async fn store_reports(&self, reports: Vec<(WorkstationId, Report)>) -> std::result::Result<(), StoreError> {
        self.write(move |connection| reports.iter().try_for_each(|(workstation, report)| store_report(connection, *workstation, report)))
            .await
    }

    async fn load_reports(&self) -> std::result::Result<Vec<(WorkstationId, Report)>, StoreError> {
        self.readers.run(|connection| load_reports(connection)).await
    }
}
