// Which screens does a lost workstation go through?
import { toLost, toLostWipe, toMachine } from "./steps.mjs";

/** In the order in which they are looked at. */
export const LOST = [
  { name: "lost", page: "index", query: "admin", act: toLost },
  { name: "lost-wipe", page: "index", query: "admin", act: toLostWipe },
  { name: "lost-end", page: "index", query: "admin", act: async (page) => {
    await toLostWipe(page);
    await page.evaluate(() => { const [wipe] = window.sottoFake?.told ?? []; if (wipe) { window.sottoFake.agree(wipe.command, "Iris Instance"); window.sottoFake.hear(wipe.command); } });
    await page.getByTestId("lost-export").waitFor({ timeout: 20_000 });
    await page.getByTestId("lost-export").scrollIntoViewIfNeeded();
  } },
  { name: "lost-closed", page: "index", query: "admin", act: async (page) => {
    await toMachine(page, "Exam-7-Laptop");
    await page.getByTestId("lost-open").click();
    await page.getByTestId("lost-end").click();
    await page.getByTestId("incident-close-go").waitFor();
  } },
];
