import { Button, Skeleton } from "antd";
import { useMemo, useState } from "react";
import type { Plan, PlanSpot } from "../api/contract";
import { usePlanChange, usePlans } from "../api/plans";
import { useDevices } from "../api/queries";
import { go } from "../app/route";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { t } from "../words/words";
import { BlindSpots } from "./BlindSpots";
import { DrawForm } from "./DrawForm";
import { HangList } from "./HangList";
import { PlanMap } from "./PlanMap";
import { sketchOn } from "./paper";
import { SpotList } from "./SpotList";
import type { Sketch } from "./sketch";
import { SketchForm } from "./SketchForm";
import "./plans.css";

interface PlansPageProps {
  /** The plan; "-": whichever the device hangs on. */
  code: string | null;
  device: string | null;
}

/** Where devices hang, how they are, who calls there, and where nobody sees. */
export default function PlansPage({ code, device }: PlansPageProps) {
  const me = useMe();
  const { data, error, isPending } = usePlans();
  const [fresh, setFresh] = useState<"upload" | "sketch" | null>(null);
  const plans = data?.items ?? [];
  const holding = plans.find((one) => one.spots.some((spot) => spot.device === device));
  const named = plans.find((one) => one.code === code);
  const plan = named ?? holding ?? plans[0];
  const lost = device !== null && !isPending && holding === undefined;
  const changes = may(me, "change_plans");

  return (
    <main className="page plans-page" data-testid="plans-page">
      <header className="plans-head">
        <h2>{t("plans.title")}</h2>
        <nav aria-label={t("plans.title")}>
          {plans.map((one) => (
            <button
              key={one.code}
              type="button"
              className="plain"
              aria-current={one.code === plan?.code ? "page" : undefined}
              onClick={() => go(`/plans/${one.code}`)}
              data-testid={`plan-${one.code}`}
            >
              {one.name} <Waiting plan={one} />
            </button>
          ))}
        </nav>
        {changes ? (
          <span className="plan-acts">
            <Button onClick={() => setFresh(fresh === "upload" ? null : "upload")} data-testid="plan-new">
              {t("plans.new")}
            </Button>
            <Button onClick={() => setFresh(fresh === "sketch" ? null : "sketch")} data-testid="plan-sketch">
              {t("sketch.new")}
            </Button>
          </span>
        ) : null}
      </header>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {lost ? <Bar testId="plan-lost">{t("plans.not_placed")}</Bar> : null}
      {fresh === "upload" ? <DrawForm onDone={() => setFresh(null)} /> : null}
      {fresh === "sketch" ? <SketchForm sketch={BLANK} onDone={() => setFresh(null)} /> : null}
      {isPending ? <Skeleton active /> : null}
      {!isPending && plans.length === 0 ? (
        <Why words={t(changes ? "plans.none" : "plans.none_yours")} />
      ) : null}
      {plan && fresh !== "sketch" ? <PlanView key={plan.code} plan={plan} device={device} changes={changes} /> : null}
      {data ? <BlindSpots blind={data.blind} /> : null}
    </main>
  );
}

const BLANK: Sketch = { shapes: [], ground: null };

function Waiting({ plan }: { plan: Plan }) {
  const count = plan.spots.reduce((sum, spot) => sum + spot.calls.length, 0);
  return count > 0 ? <span className="tag tag-warn">{t("plans.calls", { count })}</span> : null;
}

interface PlanViewProps {
  plan: Plan;
  device: string | null;
  changes: boolean;
}

/** One plan: looked at, or devices being placed on it. */
function PlanView({ plan, device, changes }: PlanViewProps) {
  const change = usePlanChange();
  const { data: devices } = useDevices();
  /** How the devices hung, step by step; the last is how they hang now. */
  const [drafts, setDrafts] = useState<readonly (readonly PlanSpot[])[]>([]);
  const [sketch, setSketch] = useState<Sketch | null>(null);
  const [unsketched, setUnsketched] = useState(false);
  const draft = drafts[drafts.length - 1] ?? null;
  const setDraft = (next: readonly PlanSpot[]) => setDrafts([...drafts, next]);
  const [name, setName] = useState(plan.name);
  const [picked, setPicked] = useState<string | null>(null);
  const editing = draft !== null;
  const spots = draft ?? plan.spots;
  const chosen = picked ?? device;
  const unplaced = useMemo(() => {
    const placed = new Set(spots.map((spot) => spot.device));
    return (devices?.items ?? []).filter((one) => !placed.has(one.code));
  }, [devices, spots]);

  const put = (code: string, x: number, y: number) => {
    if (!draft) return;
    const known = draft.find((spot) => spot.device === code);
    const fresh = unplaced.find((one) => one.code === code);
    const rest = draft.filter((spot) => spot.device !== code);
    if (known) setDraft([...rest, { ...known, x, y }]);
    else if (fresh) {
      const { name, system, place, state, on_test_until } = fresh;
      const told = { name, system, place, state, on_test_until, silent_since: null, calls: [] };
      setDraft([...rest, { device: code, ...told, x, y }]);
    }
  };
  const save = () =>
    change.mutate(
      { what: "hang", code: plan.code, name: name.trim() || plan.name, spots },
      { onSuccess: () => setDrafts([]) },
    );
  const sketches = async () => {
    const found = await sketchOn(plan).catch(() => null);
    setSketch(found);
    setUnsketched(found === null);
  };
  const open = (code: string) => {
    setPicked(code);
    if (editing) return;
    const call = plan.spots.find((spot) => spot.device === code)?.calls[0];
    if (call) go(`/issues/${call.issue}`);
  };

  if (sketch) return <SketchForm plan={plan} sketch={sketch} onDone={() => setSketch(null)} />;
  return (
    <div className="plan-view">
      <section className="plan-drawing">
        <PlanMap
          plan={plan}
          spots={spots}
          chosen={chosen}
          editing={editing}
          onSpot={open}
          onPoint={(x, y) => picked !== null && put(picked, x, y)}
          onMoved={put}
        />
      </section>
      <aside className="plan-side">
        {change.error ? <Bar tone="warn">{refusal(change.error)}</Bar> : null}
        {unsketched ? <Bar testId="not-drawn-here">{t("sketch.not_here")}</Bar> : null}
        {editing ? (
          <HangList
            spots={spots}
            unplaced={unplaced}
            name={name}
            picked={picked}
            onName={setName}
            onPick={setPicked}
            onPut={put}
            onOff={(code) => setDraft(spots.filter((spot) => spot.device !== code))}
          />
        ) : (
          <SpotList spots={spots} chosen={chosen} />
        )}
        {changes ? (
          <p className="plan-acts">
            {editing ? (
              <>
                <Button type="primary" onClick={save} loading={change.isPending} data-testid="plan-save">
                  {t("plans.save")}
                </Button>
                <Button
                  onClick={() => setDrafts(drafts.slice(0, -1))}
                  disabled={drafts.length < 2}
                  data-testid="plan-undo"
                >
                  {t("sketch.undo")}
                </Button>
                <Button onClick={() => setDrafts([])}>{t("plans.cancel")}</Button>
              </>
            ) : (
              <>
                <Button
                  onClick={() => {
                    setName(plan.name);
                    setDrafts([plan.spots]);
                  }}
                  data-testid="plan-edit"
                >
                  {t("plans.edit")}
                </Button>
                <Button onClick={() => void sketches()} data-testid="plan-draw-on">
                  {t("sketch.draw_on")}
                </Button>
                <Remove onSure={() => change.mutate({ what: "remove", code: plan.code })} />
              </>
            )}
          </p>
        ) : null}
        {editing ? <DrawForm plan={plan} onDone={() => undefined} /> : null}
      </aside>
    </div>
  );
}

function Remove({ onSure }: { onSure: () => void }) {
  const [asked, setAsked] = useState(false);
  return (
    <Button
      danger={asked}
      onClick={() => (asked ? onSure() : setAsked(true))}
      onBlur={() => setAsked(false)}
      data-testid="plan-remove"
    >
      {t(asked ? "plans.remove_sure" : "plans.remove")}
    </Button>
  );
}
