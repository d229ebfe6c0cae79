// What happens to files that somebody chooses, drops or pastes?
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type ClipboardEvent, type DragEvent } from "react";
import { errorView } from "../../backend/errors";
import { useBackend } from "../../backend/context";
import { keys } from "../../backend/queries/client";
import { takeIn, useOutgoingFiles } from "../../backend/queries/files";

/** A file that was not taken in. */
export type Refused = { name: string; reason: unknown };

/** The files of a thread on their way, and how more get in. */
export function useAttach(thread: string) {
  const backend = useBackend();
  const client = useQueryClient();
  const files = useOutgoingFiles(thread);
  const [reason, setReason] = useState<unknown>(null);
  /** Files of the last choice that were not taken, and why. */
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const [over, setOver] = useState(false);
  const line = useRef<Promise<void>>(Promise.resolve());
  /** Pictures of this window that can still be changed; after a lock they are what they were. */
  const [sources, setSources] = useState<ReadonlyMap<string, File>>(new Map());
  const refresh = () => client.invalidateQueries({ queryKey: [...keys.messagesOf(thread), "files"] });

  const attach = (chosen: readonly File[]): void => {
    setReason(null);
    setRefused([]);
    for (const file of chosen) {
      // One after another, in the order in which they were chosen.
      line.current = line.current.then(() => takeIn(backend, thread, file)).then((id) => {
        if (file.type.startsWith("image/")) setSources((known) => new Map(known).set(id, file));
      }).catch((why: unknown) => {
        // Taken out again while it came in: nothing failed.
        if (errorView(why).code !== "not_found") setRefused((known) => [...known, { name: file.name, reason: why }]);
      }).then(() => refresh());
    }
  };
  const settle = (work: Promise<void>): void => {
    void work.catch(setReason).then(refresh);
  };
  const discard = (file: string): void => {
    setSources((known) => new Map([...known].filter(([id]) => id !== file)));
    settle(backend.discardFile(file));
  };
  /** Puts a picture in the place of one that waits. */
  const replace = (file: string, by: File): void => {
    discard(file);
    attach([by]);
  };
  const dropped = {
    onDragOver: (event: DragEvent) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      attach([...event.dataTransfer.files]);
    },
    onPaste: (event: ClipboardEvent) => {
      if (event.clipboardData.files.length === 0) return;
      event.preventDefault();
      attach([...event.clipboardData.files]);
    },
  };
  return {
    files, reason, refused, over, attach, replace, dropped, sourceOf: (file: string) => sources.get(file) ?? null,
    discard,
    retry: (file: string) => settle(backend.retryFile(file)),
  };
}
