// What is the command key called here?
/** Whether this machine's command key is ⌘. */
export function isMac(): boolean {
  return /Mac/u.test(navigator.userAgent);
}

/** How a key's cap is written on this machine. */
export function keyCap(cap: string): string {
  if (cap !== "Mod") return cap;
  return isMac() ? "⌘" : "Ctrl";
}
