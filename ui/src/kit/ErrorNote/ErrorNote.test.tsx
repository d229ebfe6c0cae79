// Does a failed call ever show itself raw?
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ERROR_CODES } from "../../backend/errors";
import { show } from "../../test/render";
import { ErrorNote } from "./ErrorNote";

test.each(["en", "es"] as const)("every code has a sentence and a next step in %s", (language) => {
  for (const code of ERROR_CODES) {
    const { unmount } = show(<ErrorNote reason={{ code, retry_after_seconds: null }} />, { language });
    const words = screen.getByRole("alert").textContent ?? "";
    expect(words.length).toBeGreaterThan(20);
    expect(words).not.toContain(code.includes("_") ? code : `error.${code}`);
    unmount();
  }
});

test("something that is no ErrorView becomes a plain sentence", () => {
  show(<ErrorNote reason={new Error("SQLITE_IOERR at 0x7f")} />);
  expect(screen.getByRole("alert").textContent).not.toContain("SQLITE");
});
