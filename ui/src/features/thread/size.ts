// How large is a file, in words?
import type { Text } from "../../i18n/text";

const MB = 1024 * 1024;

/** Whole kilobytes, from one megabyte on with one decimal. */
export function sizeOf(text: Text, bytes: number): string {
  return bytes < MB ? text("file.size_kb", { n: Math.max(1, Math.round(bytes / 1024)) }) : text("file.size_mb", { n: Math.round((bytes / MB) * 10) / 10 });
}
