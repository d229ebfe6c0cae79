// What does a picture that is on this computer look like beside its name?
import { useQuery } from "@tanstack/react-query";
import { Image as ImageIcon } from "lucide-react";
import { useCallback } from "react";
import type { FilePreview } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { keys } from "../../backend/queries/client";
import { addressOf } from "../../backend/queries/files";
import styles from "./Files.module.css";

type Props = { thread: string; seq: number };

/** How long a row rests on the screen before its picture is opened: what scrolls by costs nothing. */
const REST_MS = 200;
/** How long what is out of sight is kept, at most. */
const KEPT_MS = 60_000;

/** The picture in a fixed room, so that nothing moves when it comes; a sign of one until then. */
export function Thumbnail({ thread, seq }: Props) {
  const backend = useBackend();
  const { data } = useQuery({
    queryKey: keys.thumbnail(thread, seq), gcTime: KEPT_MS,
    queryFn: async ({ signal }) => {
      await rest(signal);
      return backend.filePreview(thread, seq);
    },
  });
  return <span className={styles.thumbnail}>{data === undefined ? <ImageIcon aria-hidden="true" /> : <Drawn picture={data} />}</span>;
}

/** Its name stands beside it: for a screen reader there is nothing more to say. */
function Drawn({ picture }: { picture: FilePreview }) {
  const draw = useCallback((image: HTMLImageElement) => {
    const address = addressOf(picture);
    image.src = address;
    return () => URL.revokeObjectURL(address);
  }, [picture]);
  return <img ref={draw} alt="" data-testid="file-thumbnail" />;
}

function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, REST_MS);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error("no longer shown"));
    });
  });
}
