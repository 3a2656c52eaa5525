import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The console is served by the API itself; while developing, the API answers on its usual port.
const API = "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  server: { host: "127.0.0.1", proxy: { "/api": API } },
  test: { environment: "happy-dom", restoreMocks: true },
});
