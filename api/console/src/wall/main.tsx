import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { paint } from "../app/palette";
import { Wall } from "./Wall";
import "./wall.css";

const root = document.getElementById("root");
if (!root) throw new Error("wall/index.html has no #root");
paint("dark");
createRoot(root).render(
  <StrictMode>
    <Wall />
  </StrictMode>,
);
