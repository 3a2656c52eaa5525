import { memo, useEffect, useRef } from "react";
import type { StormDevice } from "../api/contract";
import { pathOf } from "../queue/title";
import { named, t } from "../words/words";

interface DeviceRowsProps {
  devices: readonly StormDevice[];
  selected: string | null;
  marked: ReadonlySet<string>;
  all: boolean;
  onSelect: (code: string) => void;
  /** Null: nothing is left to tick, or not by this person. */
  onMark: ((code: string) => void) | null;
}

/** The devices of a storm, a row each: what it said, and how much of it is ticked. */
export function DeviceRows(props: DeviceRowsProps) {
  const { devices, selected, marked, all, onSelect, onMark } = props;
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    <ul ref={list} className="rows roll-rows" role="listbox" aria-label={t("storm.device")} tabIndex={0}>
      {devices.map((one) => (
        <Row
          key={one.device.code}
          one={one}
          selected={one.device.code === selected}
          marked={(all && one.ticked < one.events) || marked.has(one.device.code)}
          onSelect={onSelect}
          onMark={onMark}
        />
      ))}
    </ul>
  );
}

interface RowProps {
  one: StormDevice;
  selected: boolean;
  marked: boolean;
  onSelect: (code: string) => void;
  onMark: ((code: string) => void) | null;
}

const Row = memo(function Row({ one, selected, marked, onSelect, onMark }: RowProps) {
  const done = one.ticked === one.events;
  return (
    <li
      role="option"
      aria-selected={selected}
      className={`roll-row${done ? " roll-done" : ""}`}
      onClick={() => onSelect(one.device.code)}
      onDoubleClick={() => onMark?.(one.device.code)}
      data-testid={`roll-device-${one.device.code}`}
    >
      <span className="roll-mark" aria-hidden="true">
        {done ? "✓" : marked ? "☒" : "☐"}
      </span>
      <span className="roll-name">
        <b>{one.device.name}</b>{" "}
        <span className="quiet">{one.place ? pathOf(one.place.path, 2) : t("storm.nowhere")}</span>
      </span>
      <span className="quiet">
        {one.kinds
          .map((kind) => `${named("event", kind.event_type)} ${kind.events}`)
          .join(t("join.comma"))}
      </span>
      <span>{t("storm.ticked", { ticked: one.ticked, events: one.events })}</span>
    </li>
  );
});
