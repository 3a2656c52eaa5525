import { Skeleton } from "antd";
import { Suspense, lazy, useMemo, useState } from "react";
import type { Session } from "../api/contract";
import { useStream } from "../api/stream";
import { useActs, useKeys } from "../keys/acts";
import { KeyList } from "../keys/KeyList";
import { Palette } from "../keys/Palette";
import { QueuePage } from "../queue/QueuePage";
import { homeOf, pagesOf } from "../session/rooms";
import { SessionContext } from "../session/context";
import { named, t, useLanguage } from "../words/words";
import { Header } from "./Header";
import { Tabs } from "./Tabs";
import { useLogOut } from "../session/useLogOut";
import type { Page } from "./route";
import { go, useRoute } from "./route";
import { remember } from "./settings";
import { Watch } from "./Watch";
import "../parts/forms.css";
import "./shell.css";

const HandoverPage = lazy(() => import("../seat/HandoverPage"));
const DeskPage = lazy(() => import("../desk/DeskPage"));
const IssuePage = lazy(() => import("../issue/IssuePage"));
const TodayPage = lazy(() => import("../today/TodayPage"));
const OverviewPage = lazy(() => import("../overview/OverviewPage"));
const ReviewPage = lazy(() => import("../review/ReviewPage"));
const CustomersPage = lazy(() => import("../customers/CustomersPage"));
const FeedbackPage = lazy(() => import("../customers/FeedbackPage"));
const InspectionsPage = lazy(() => import("../customers/InspectionsPage"));
const EscalationsPage = lazy(() => import("../escalations/EscalationsPage"));
const PausesPage = lazy(() => import("../pauses/PausesPage"));
const WallsPage = lazy(() => import("../walls/WallsPage"));
const StormsPage = lazy(() => import("../storms/StormsPage"));
const RosterPage = lazy(() => import("../roster/RosterPage"));
const RulesPage = lazy(() => import("../rules/RulesPage"));
const NoticesPage = lazy(() => import("../notices/NoticesPage"));
const DutiesPage = lazy(() => import("../duties/DutiesPage"));
const BriefingsPage = lazy(() => import("../briefings/BriefingsPage"));
const PlaybooksPage = lazy(() => import("../playbook/PlaybooksPage"));
const PlansPage = lazy(() => import("../plans/PlansPage"));
const DevicesPage = lazy(() => import("../devices/DevicesPage"));
const DeviceEventsPage = lazy(() => import("../devices/DeviceEventsPage"));
const MonthsPage = lazy(() => import("../month/MonthsPage"));
const RegisterPrintPage = lazy(() => import("../month/RegisterPrintPage"));
const MeritPage = lazy(() => import("../merit/MeritPage"));
const PointsPage = lazy(() => import("../merit/PointsPage"));
const UnitsPage = lazy(() => import("../merit/UnitsPage"));
const PanelsPage = lazy(() => import("../month/PanelsPage"));
const CodesPage = lazy(() => import("../codes/CodesPage"));
const AdministrationPage = lazy(() => import("../office/AdministrationPage"));
const GatewaysPage = lazy(() => import("../devices/GatewaysPage"));
const MessagesPage = lazy(() => import("../messages/MessagesPage"));

/** Everything around a page: header, watch, keys, and the way from page to page. */
export function Shell({ session }: { session: Session }) {
  useLanguage();
  useStream();
  useKeys();
  const route = useRoute();
  const logOut = useLogOut();
  const [over, setOver] = useState<"palette" | "keys" | null>(null);
  const pages = useMemo(() => pagesOf(session), [session]);
  const page = route.page ?? homeOf(session);

  useActs([
    {
      id: "palette",
      words: t("act.palette"),
      keys: ["mod+k"],
      everywhere: true,
      keyOnly: true,
      run: () => setOver("palette"),
    },
    {
      id: "keys",
      words: t("act.keys"),
      keys: ["?"],
      run: () => setOver(over === "keys" ? null : "keys"),
    },
    ...pages.map((one) => ({
      id: `page-${one}`,
      words: t("act.page", { page: named("page", one) }),
      run: () => go(`/${one}`),
    })),
    { id: "zh", words: "中文", run: () => remember({ language: "zh" }) },
    { id: "en", words: "English", run: () => remember({ language: "en" }) },
    { id: "dark", words: t("act.dark"), run: () => remember({ shade: "dark" }) },
    { id: "light", words: t("act.light"), run: () => remember({ shade: "light" }) },
    { id: "auto", words: t("act.auto"), run: () => remember({ shade: "auto" }) },
    { id: "log-out", words: t("act.log_out"), run: logOut },
  ]);

  return (
    <SessionContext value={session}>
      <div className="shell">
        <Header session={session} page={page} onKeys={() => setOver("keys")} />
        <Tabs session={session} page={page} />
        <Watch session={session} />
        <Suspense fallback={<Skeleton active className="page" />}>
          <PageOf page={page} number={route.number} parts={route.parts} />
        </Suspense>
        {over === "palette" ? <Palette onClose={() => setOver(null)} /> : null}
        {over === "keys" ? <KeysUntilClosed onClose={() => setOver(null)} /> : null}
      </div>
    </SessionContext>
  );
}

function KeysUntilClosed({ onClose }: { onClose: () => void }) {
  useActs([
    { id: "keys-close", words: t("act.close_keys"), keys: ["Escape"], keyOnly: true, run: onClose },
  ]);
  return <KeyList />;
}

interface PageProps {
  page: Page;
  number: number | null;
  parts: readonly string[];
}

function PageOf({ page, number, parts }: PageProps) {
  switch (page) {
    case "queue":
      return <QueuePage />;
    case "handover":
      return <HandoverPage number={number} />;
    case "desk":
      return <DeskPage />;
    case "issues":
      return number === null ? <DeskPage /> : <IssuePage key={number} number={number} />;
    case "walls":
      return <WallsPage />;
    case "storms":
      return <StormsPage number={number} />;
    case "today":
      return <TodayPage />;
    case "overview":
      return <OverviewPage />;
    case "reviews":
      return <ReviewPage number={number} />;
    case "customers":
      return <CustomersPage />;
    case "feedback":
      return <FeedbackPage />;
    case "inspections":
      return <InspectionsPage />;
    case "escalations":
      return <EscalationsPage />;
    case "pauses":
      return <PausesPage />;
    case "codes":
      return <CodesPage />;
    case "roster":
      return <RosterPage />;
    case "rules":
      return <RulesPage />;
    case "notices":
      return <NoticesPage />;
    case "duties":
      return <DutiesPage />;
    case "briefings":
      return <BriefingsPage />;
    case "playbooks":
      return <PlaybooksPage />;
    case "plans":
      return <PlansPage code={parts[0] ?? null} device={parts[1] ?? null} />;
    case "devices":
      return <DevicesPage />;
    case "device-events":
      return <DeviceEventsPage />;
    case "gateways":
      return <GatewaysPage />;
    case "messages":
      return <MessagesPage />;
    case "administration":
      return <AdministrationPage part={parts[0] ?? null} />;
    case "months":
      return <MonthsPage month={parts[0] ?? null} cell={parts[1] ?? null} />;
    case "register":
      return <RegisterPrintPage parts={parts} />;
    case "merit":
      return <MeritPage part={parts[0] ?? null} />;
    case "points":
      return <PointsPage />;
    case "units":
      return <UnitsPage unit={parts[0] ?? null} />;
    case "panels":
      return <PanelsPage month={parts[0] ?? null} />;
  }
}
