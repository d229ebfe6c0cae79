// Which screens lie over all others?
import { ADA } from "./steps.mjs";

/** In the order in which they are looked at. */
export const OVER = [
  { name: "peek", page: "index", query: ADA, act: (page) => page.keyboard.press("z") },
  { name: "fade", page: "index", query: ADA, act: (page) => page.evaluate(() => window.sottoFake?.emit({ kind: "lock_warning", seconds: 5 })), settle: 1500, alive: true },
  { name: "cover", page: "index", query: `${ADA}&fail=lock:internal`, act: async (page) => { await page.keyboard.press("Control+Shift+L"); await page.getByTestId("lock-cover").waitFor(); } },
];
