import { Skeleton } from "antd";
import { useState } from "react";
import type { DismissalCause, StormDevices } from "../api/contract";
import { useStorm, useTick } from "../api/storms";
import { useActs } from "../keys/acts";
import { walking } from "../keys/walking";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { t } from "../words/words";
import { DeviceRows } from "./DeviceRows";
import { RollLines } from "./RollLines";
import { StormHead } from "./StormHead";
import { TickBar } from "./TickBar";
import { meant } from "./telling";

/** Every event of a storm by its devices: ticked one device after the other, or all with a reason. */
export function RollCall({ number }: { number: number }) {
  const { data, error, isPending } = useStorm(number);
  if (error && !data) {
    return (
      <main className="page">
        <Bar tone="warn">{refusal(error, "read")}</Bar>
      </main>
    );
  }
  if (isPending || !data) return <Skeleton active className="page" />;
  return <Called data={data} />;
}

export type Asking = "work" | "dismiss" | null;

function Called({ data: { storm, items } }: { data: StormDevices }) {
  const me = useMe();
  const tick = useTick(storm.number);
  const [chosen, setChosen] = useState<string | null>(null);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const [asking, setAsking] = useState<Asking>(null);
  const codes = items.map((one) => one.device.code);
  const selected = chosen !== null && codes.includes(chosen) ? chosen : (codes[0] ?? null);
  const left = storm.ticked < storm.events;
  const works = may(me, "work_report") && left;

  const move = (step: 1 | -1) => {
    const at = codes.indexOf(selected ?? "");
    setChosen(codes[Math.max(0, Math.min(codes.length - 1, at + step))] ?? null);
  };
  const mark = (code: string) => {
    const others = new Set(marked);
    if (!others.delete(code)) others.add(code);
    setMarked(others);
    setAll(false);
  };
  const say = (then: "work" | "dismiss", reason = "", cause: DismissalCause | null = null) =>
    tick.mutate(
      { then, devices: meant(all, marked, selected), reason, cause },
      {
        onSuccess: ({ items: devices }) => {
          setAsking(null);
          setAll(false);
          setMarked(new Set());
          const next = devices.find((one) => one.ticked < one.events);
          if (next) setChosen(next.device.code);
        },
      },
    );
  const work = () => (all ? setAsking("work") : say("work"));

  useActs([
    ...walking(move),
    ...(works && selected !== null
      ? [
          { id: "mark", words: t("storm.mark"), keys: ["x"], run: () => mark(selected) },
          { id: "all", words: t("storm.all"), keys: ["a"], run: () => setAll(!all) },
          { id: "work", words: t("storm.tick_work"), keys: ["w"], run: work },
          { id: "dismiss", words: t("storm.dismiss"), keys: ["d"], run: () => setAsking("dismiss") },
          { id: "back", words: t("act.back"), keys: ["Escape"], everywhere: true, keyOnly: true, run: () => setAsking(null) },
        ]
      : []),
  ]);

  return (
    <main className="roll-page" data-testid="roll-call">
      <section className="column roll-devices" aria-label={t("storm.device")}>
        <StormHead storm={storm} />
        {works ? (
          <TickBar
            all={all}
            marked={marked.size}
            asking={asking}
            busy={tick.isPending}
            onAll={() => setAll(!all)}
            onWork={work}
            onAsk={setAsking}
            onSay={say}
          />
        ) : null}
        {tick.error ? <Bar tone="warn">{refusal(tick.error, "act")}</Bar> : null}
        <DeviceRows
          devices={items}
          selected={selected}
          marked={marked}
          all={all}
          onSelect={setChosen}
          onMark={works ? mark : null}
        />
      </section>
      <RollLines storm={storm.number} device={items.find((one) => one.device.code === selected)} />
    </main>
  );
}
