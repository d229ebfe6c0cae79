// Do the small things hold: ages, names, marks, saving?
import { expect, test, vi } from "vitest";
import { makeDebounce } from "./debounce";
import { pieces } from "./marks";
import { patientName, threadName } from "./patient";
import { ageInYears, daysBetween } from "./time";

const PATIENT = { family: "SAMPLE", given: "Ada", preferred: "Addie", birth_date: "1961-03-04", mrn: "1", pronouns: null, language: null, similar: null };

test("an age is counted in completed years", () => {
  expect(ageInYears("1961-03-04", new Date(2026, 2, 3).getTime()).years).toBe(64);
  expect(ageInYears("1961-03-04", new Date(2026, 2, 4).getTime()).years).toBe(65);
  expect(ageInYears("2026-02-28", new Date(2026, 2, 27).getTime()).months).toBe(0);
});

test("days are calendar days, over a clock change too", () => {
  expect(daysBetween(new Date(2026, 9, 31, 23, 59).getTime(), new Date(2026, 10, 1, 0, 1).getTime())).toBe(1);
  expect(daysBetween(new Date(2026, 10, 1, 0, 30).getTime(), new Date(2026, 10, 1, 23, 30).getTime())).toBe(0);
});

test("names are whole", () => {
  expect(patientName(PATIENT)).toBe("SAMPLE, Ada (Addie)");
  expect(threadName({ patient: null, title: "", people: ["A", "B"] })).toBe("A, B");
});

test("marks that overlap or leave the text lose no letter", () => {
  const text = "tight chest";
  for (const marks of [[[0, 5], [3, 8]], [[6, 99]], [[-4, 2]], [[8, 3]], []] as [number, number][][])
    expect(pieces(text, marks).map((one) => one.text).join("")).toBe(text);
  expect(pieces(text, [[6, 11]])).toEqual([{ text: "tight ", marked: false, start: 0 }, { text: "chest", marked: true, start: 6 }]);
});

test("steady typing cannot put saving off", async () => {
  vi.useFakeTimers();
  const save = vi.fn(() => Promise.resolve());
  const saving = makeDebounce(save, 800);
  for (let at = 0; at < 10; at += 1) {
    saving.push(at);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(save).toHaveBeenCalledTimes(1);
  await saving.flush();
  expect(save).toHaveBeenLastCalledWith(9);
});
