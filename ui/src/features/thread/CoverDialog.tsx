// What of a picture is nobody else's to see?
import { useRef, useState } from "react";
import { useText } from "../../i18n/text";
import { Button } from "../../kit/Button/Button";
import { CoverCanvas } from "../../kit/CoverCanvas/CoverCanvas";
import { Dialog } from "../../kit/Dialog/Dialog";

type Props = { source: File; onDone: (covered: File) => void; onClose: () => void };

/** Shows the picture that waits to be sent; what is covered is gone from what goes out. */
export function CoverDialog({ source, onDone, onClose }: Props) {
  const text = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [covered, setCovered] = useState(false);
  const keep = (): void => {
    canvas.current?.toBlob((picture) => {
      if (picture !== null) onDone(new File([picture], source.name, { type: picture.type }));
    }, "image/png");
  };
  return (
    <Dialog size="large" title={text("file.cover_title", { name: source.name })} closeLabel={text("action.close")} onClose={onClose} footer={<>
      <Button label={text("file.cover_back")} onPress={onClose} />
      <Button label={text("file.cover_keep")} variant="primary" disabled={!covered} onPress={keep} testId="cover-keep" />
    </>}>
      <p>{text("file.cover_how")}</p>
      <CoverCanvas label={text("file.cover_canvas")} picture={source} canvas={canvas} onCovered={() => setCovered(true)} />
    </Dialog>
  );
}
