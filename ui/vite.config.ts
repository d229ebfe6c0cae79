// How the two windows are built: `index.html` (content) and `lock.html` (sign-in), each with its own bundle.
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => {
  // Only `--mode fake` (and the tests) may see the fake; the production graph never reaches it.
  const fake = mode === "fake" || mode === "test";
  return {
    plugins: [react()],
    base: "./",
    resolve: { alias: { "#door": here(fake ? "./src/backend/fake/door.ts" : "./src/backend/tauri.ts") } },
    server: { port: 1420, strictPort: true },
    // The worker that reads a PDF is a module of its own, beside the page: `script-src 'self'` covers it.
    worker: { format: "es" },
    build: {
      outDir: mode === "fake" ? "dist-fake" : "dist",
      target: "es2022",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // The word lists of lib/strength are one chunk of 2.5 MB, read from the disk when somebody chooses a password.
      chunkSizeWarningLimit: 2_600,
      rolldownOptions: { input: { main: here("./index.html"), lock: here("./lock.html") } },
    },
    test: {
      environment: "jsdom",
      setupFiles: ["./src/test/setup.ts"],
      include: ["src/**/*.test.{ts,tsx}"],
      env: { TZ: "America/New_York" },
      css: { modules: { classNameStrategy: "non-scoped" as const } },
      testTimeout: 60_000,
    },
  };
});
