import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Phone } from "./Phone";
import "./phone.css";

const root = document.getElementById("root");
if (!root) throw new Error("m/index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <Phone />
  </StrictMode>,
);

// Over plain http a browser has no workers; then the page needs a net to open.
if ("serviceWorker" in navigator) {
  void navigator.serviceWorker.register("/m/worker.js", { type: "module" }).catch(() => undefined);
}
