// Where do announcements stand in the document?
import { useEffect, useState } from "react";
import { listenToAnnouncements } from "./announce";

/** Two live regions, one polite and one assertive. One of these stands in a window. */
export function Announcer() {
  const [said, setSaid] = useState({ polite: "", assertive: "" });
  useEffect(() => listenToAnnouncements((words, voice) => setSaid((old) => ({ ...old, [voice]: words }))), []);
  return (
    <>
      <div className="visually-hidden" aria-live="polite">{said.polite}</div>
      <div className="visually-hidden" aria-live="assertive">{said.assertive}</div>
    </>
  );
}
