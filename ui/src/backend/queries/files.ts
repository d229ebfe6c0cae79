// How do files go to the core and come from it? Part by part, so that neither side holds a whole one as text.
import { useQuery } from "@tanstack/react-query";
import type { FilePreview, OutgoingFile } from "../bindings";
import { useBackend } from "../context";
import type { Backend } from "../port";
import { keys } from "./client";

/** Bytes of a part: the contract's. */
export const PART_BYTES = 1024 * 1024;

/** A part's bytes in base64, read by the browser itself. */
function readPart(part: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result).split(",")[1] ?? ""));
    reader.addEventListener("error", () => reject(reader.error ?? new Error("the file cannot be read")));
    reader.readAsDataURL(part);
  });
}

/** Takes a file in for a thread and gives its id. Rejects as the backend does. */
export async function takeIn(backend: Backend, thread: string, from: File): Promise<string> {
  const file = await backend.beginFile({ thread, name: from.name, bytes: from.size });
  for (let number = 0; number * PART_BYTES < from.size; number += 1) {
    const part = from.slice(number * PART_BYTES, (number + 1) * PART_BYTES);
    // One after another: the next part is read when this one is on the disk.
    // oxlint-disable-next-line no-await-in-loop
    await backend.putFilePart({ file, number, data: await readPart(part) });
  }
  return file;
}

/** What waits or is on its way in a thread; asked again with its messages. */
export function useOutgoingFiles(thread: string): readonly OutgoingFile[] {
  const backend = useBackend();
  const found = useQuery({ queryKey: [...keys.messagesOf(thread), "files"], queryFn: () => backend.outgoingFiles(thread) });
  return found.data ?? [];
}

/** What is looked at, as bytes. */
export function bytesOf(preview: FilePreview): Uint8Array<ArrayBuffer> {
  const text = atob(preview.data);
  const bytes = new Uint8Array(text.length);
  // One by one: a PDF has millions, and a call for each would hold the window up.
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** An image as an address that only this page knows. Whoever asked revokes it. */
export function addressOf(preview: FilePreview): string {
  return URL.createObjectURL(new Blob([bytesOf(preview)], { type: preview.media_type }));
}
