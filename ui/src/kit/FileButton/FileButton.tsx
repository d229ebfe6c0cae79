// How does a file get in?
import { FileUp } from "lucide-react";
import { FileTrigger } from "react-aria-components";
import { Button } from "../Button/Button";

type Props = { label: string; accept: readonly string[]; onFile: (file: File) => void };

/** Opens the system's dialog for one file. */
export function FileButton({ label, accept, onFile }: Props) {
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file !== undefined) onFile(file);
  };
  return <FileTrigger acceptedFileTypes={accept} onSelect={take}><Button label={label} icon={<FileUp aria-hidden="true" />} /></FileTrigger>;
}
