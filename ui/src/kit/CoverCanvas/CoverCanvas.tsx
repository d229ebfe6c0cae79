// How are parts of a picture covered for good?
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from "react";
import styles from "./CoverCanvas.module.css";

type Frame = { x: number; y: number; width: number; height: number };
type Props = { /** The accessible name; it says how the keys work. */ label: string; picture: Blob; /** The canvas, whose points are what is kept. */ canvas: RefObject<HTMLCanvasElement | null>; onCovered: () => void };

/** How far one key press goes, of the picture's longer side. */
const STEP = 1 / 40;

const percent = (part: number, of: number): string => `${(part / of) * 100}%`;

/** A point of the window as one of the picture. */
const pointOf = (event: PointerEvent, canvas: HTMLCanvasElement): { x: number; y: number } => {
  const box = canvas.getBoundingClientRect();
  return { x: ((event.clientX - box.left) / box.width) * canvas.width, y: ((event.clientY - box.top) / box.height) * canvas.height };
};

/** Draws the picture and paints over what is framed: with the pointer by dragging, with the keys by moving a frame and pressing Enter. Solid, since a blur can be undone. */
export function CoverCanvas({ label, picture, canvas, onCovered }: Props) {
  const [frame, setFrame] = useState<Frame | null>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const start = useRef<{ x: number; y: number } | null>(null);

  useEffect(() => {
    const address = URL.createObjectURL(picture);
    const image = new Image();
    image.addEventListener("load", () => {
      const on = canvas.current;
      if (on === null) return;
      on.width = image.naturalWidth;
      on.height = image.naturalHeight;
      setSize({ width: on.width, height: on.height });
      on.getContext("2d")?.drawImage(image, 0, 0);
    });
    image.src = address;
    return () => URL.revokeObjectURL(address);
  }, [picture, canvas]);

  const cover = (over: Frame): void => {
    const on = canvas.current?.getContext("2d");
    if (on === null || on === undefined || over.width === 0 || over.height === 0) return;
    on.fillStyle = "black";
    on.fillRect(over.x, over.y, over.width, over.height);
    onCovered();
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    const from = start.current;
    start.current = null;
    if (from === null || canvas.current === null) return;
    const to = pointOf(event, canvas.current);
    cover({ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) });
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (canvas.current !== null) start.current = pointOf(event, canvas.current);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (canvas.current === null) return;
    const { width, height } = canvas.current;
    const step = Math.max(1, Math.round(Math.max(width, height) * STEP));
    const now = frame ?? { x: 0, y: 0, width: step * 8, height: step * 4 };
    const ways: Partial<Record<string, [number, number]>> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const way = ways[event.key];
    if (way !== undefined) {
      event.preventDefault();
      setFrame(event.shiftKey
        ? { ...now, width: Math.max(step, now.width + way[0]), height: Math.max(step, now.height + way[1]) }
        : { ...now, x: Math.min(width - step, Math.max(0, now.x + way[0])), y: Math.min(height - step, Math.max(0, now.y + way[1])) });
    } else if (event.key === "Enter") {
      event.preventDefault();
      cover(now);
    }
  };
  return (
    // The keys move a frame over the picture, which no element does by itself: this is an application of one's own, and it has the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions
    <div className={styles.frame} role="application" aria-label={label} tabIndex={0} onKeyDown={onKeyDown} onBlur={() => setFrame(null)} onPointerDown={onPointerDown} onPointerUp={onPointerUp} data-testid="cover-canvas">
      <canvas ref={canvas} className={styles.canvas} />
      {frame === null || size === null ? null : <i className={styles.chosen} style={{ insetInlineStart: percent(frame.x, size.width), insetBlockStart: percent(frame.y, size.height), inlineSize: percent(frame.width, size.width), blockSize: percent(frame.height, size.height) }} />}
    </div>
  );
}
