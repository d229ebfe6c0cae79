// How does a text become a picture that a camera reads? Drawn here, as one path; nothing is asked of a network.
import { useMemo } from "react";
import { encode } from "uqr";
import styles from "./QrCode.module.css";

type Props = { /** What the camera reads. */ text: string; /** What it is, for who cannot see it. */ label: string; size?: "small" | "large" };

function draw(text: string): { path: string; size: number } | null {
  try {
    // The border of four modules is what ISO 18004 asks for.
    const { data, size } = encode(text, { ecc: "L", border: 4 });
    return { size, path: data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join("") };
  } catch {
    // Longer than the largest code holds: the text beside it has to do.
    return null;
  }
}

/** Black on white in every theme, since cameras expect it. Draws nothing when the text is too long. */
export function QrCode({ text, label, size = "small" }: Props) {
  const drawn = useMemo(() => draw(text), [text]);
  if (drawn === null) return null;
  return (
    <svg role="img" aria-label={label} className={`${styles.qr} ${styles[size]}`} viewBox={`0 0 ${drawn.size} ${drawn.size}`} shapeRendering="crispEdges">
      <path className={styles.paper} d={`M0 0h${drawn.size}v${drawn.size}h-${drawn.size}z`} />
      <path className={styles.ink} d={drawn.path} />
    </svg>
  );
}
