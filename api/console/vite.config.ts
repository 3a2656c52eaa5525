import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The console is served by the API itself; while developing, the API answers on its usual port.
const API = "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // It says what is loaded first; a test weighs it.
    manifest: "assets/manifest.json",
    rolldownOptions: {
      // Pages that share no more than they must: the console, the staff's telephone, a wall display.
      input: { main: "index.html", m: "m/index.html", wall: "wall/index.html", worker: "src/phone/worker.ts" },
      output: {
        // A worker keeps its address, or a telephone would never find the next one.
        entryFileNames: ({ name }) =>
          name === "worker" ? "m/worker.js" : "assets/[name]-[hash].js",
      },
    },
  },
  server: { host: "127.0.0.1", proxy: { "/api": API } },
  test: { environment: "happy-dom", restoreMocks: true },
});
