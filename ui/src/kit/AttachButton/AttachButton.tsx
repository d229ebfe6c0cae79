// How are files chosen to go with a message?
import { Paperclip } from "lucide-react";
import { FileTrigger } from "react-aria-components";
import { IconButton } from "../IconButton/IconButton";

type Props = { /** The accessible name. */ label: string; onFiles: (files: readonly File[]) => void };

/** Opens the system's dialog for files. */
export function AttachButton({ label, onFiles }: Props) {
  return (
    <FileTrigger allowsMultiple onSelect={(files) => { if (files !== null) onFiles([...files]); }}>
      <IconButton label={label} icon={<Paperclip aria-hidden="true" />} onPress={() => undefined} />
    </FileTrigger>
  );
}
