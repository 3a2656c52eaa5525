import L from "leaflet";
import { useEffect, useRef } from "react";
import type { Plan, PlanSpot } from "../api/contract";
import { drawingAt } from "../api/plans";
import { tellingOf } from "./telling";
import { named, t, useLanguage } from "../words/words";
import "leaflet/dist/leaflet.css";

/** Each meaning has a shape of its own, besides its colour and its word. */
const SHAPES: Record<ReturnType<typeof tellingOf>, string> = {
  life: "✱",
  calling: "!",
  testing: "◇",
  silent: "▲",
  never: "○",
  heard: "●",
};

function mark(spot: PlanSpot, chosen: boolean): HTMLElement {
  const telling = tellingOf(spot);
  const element = document.createElement("span");
  element.className = `spot spot-${telling} spot-${spot.system}${chosen ? " spot-chosen" : ""}`;
  element.dataset.testid = `spot-${spot.device}`;
  element.dataset.telling = telling;
  element.textContent = SHAPES[telling];
  return element;
}

function wordOf(spot: PlanSpot): string {
  const telling = tellingOf(spot);
  const word =
    telling === "calling" || telling === "life"
      ? t("plans.state_calling")
      : telling === "testing"
        ? t("on_test.state")
        : named("device_state", telling);
  return `${spot.name}: ${word}`;
}

interface PlanMapProps {
  plan: Plan;
  spots: readonly PlanSpot[];
  chosen: string | null;
  editing: boolean;
  onSpot: (device: string) => void;
  /** While editing: a point of the drawing, in shares. */
  onPoint: (x: number, y: number) => void;
  onMoved: (device: string, x: number, y: number) => void;
}

/** How far a key moves a device, in shares of the drawing; with Shift five times as far. */
const STEP = 0.01;
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

const share = (value: number) => Math.min(1, Math.max(0, value));

/** The drawing as a picture, which runs nothing, with devices on it; wheel and keys move it. */
export function PlanMap(props: PlanMapProps) {
  const { plan, spots, chosen, editing } = props;
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<L.Map | null>(null);
  const layer = useRef<L.LayerGroup | null>(null);
  const latest = useRef(props);
  /** Which device the keys are moving: it is drawn anew at each step and keeps the focus. */
  const moving = useRef<string | null>(null);
  const language = useLanguage();
  const { width, height } = plan;
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!box.current) return;
    const bounds = L.latLngBounds([0, 0], [height, width]);
    const made = L.map(box.current, {
      crs: L.CRS.Simple,
      attributionControl: false,
      zoomSnap: 0.25,
      minZoom: -8,
      maxZoom: 6,
      zoomAnimation: false,
      fadeAnimation: false,
      markerZoomAnimation: false,
    });
    L.imageOverlay(drawingAt(plan.code, plan.sha256), bounds, {
      alt: t("plans.picture", { name: plan.name }),
    }).addTo(made);
    made.fitBounds(bounds);
    made.setMaxBounds(bounds.pad(0.5));
    made.on("click", ({ latlng }) => {
      if (latest.current.editing)
        latest.current.onPoint(share(latlng.lng / width), share(1 - latlng.lat / height));
    });
    layer.current = L.layerGroup().addTo(made);
    map.current = made;
    const watch = new ResizeObserver(() => made.invalidateSize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      made.remove();
      map.current = null;
      layer.current = null;
    };
  }, [plan.code, plan.sha256, plan.name, width, height, language]);

  useEffect(() => {
    const group = layer.current;
    if (!group) return;
    group.clearLayers();
    for (const spot of spots) {
      const marker = L.marker([height * (1 - spot.y), width * spot.x], {
        icon: L.divIcon({ html: mark(spot, spot.device === chosen), className: "spot-holder" }),
        title: wordOf(spot),
        alt: wordOf(spot),
        draggable: editing,
        // Whoever calls lies above whoever is well.
        zIndexOffset: spot.calls.length > 0 ? 1000 : 0,
      });
      marker.on("click", () => latest.current.onSpot(spot.device));
      marker.on("dragend", () => {
        const { lat, lng } = marker.getLatLng();
        latest.current.onMoved(spot.device, share(lng / width), share(1 - lat / height));
      });
      marker.addTo(group);
      const element = marker.getElement();
      element?.setAttribute("aria-label", wordOf(spot));
      element?.addEventListener("keydown", (event) => {
        const way = ARROWS[event.key];
        if (!editing || !way) return;
        event.preventDefault();
        event.stopPropagation(); // the map would move with it
        const [x, y] = way.map((one) => (event.shiftKey ? 5 * one : one)) as [number, number];
        moving.current = spot.device;
        latest.current.onMoved(spot.device, share(spot.x + x), share(spot.y + y));
      });
      if (moving.current === spot.device) {
        moving.current = null;
        element?.focus();
      }
    }
  }, [spots, chosen, editing, height, width, plan.sha256, plan.code, plan.name, language]);

  return <div ref={box} className="plan-map" data-testid="plan-map" />;
}
