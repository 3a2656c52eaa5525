import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useEffect, useMemo } from "react";
import { Refused } from "../api/client";
import { useSession } from "../api/queries";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { LogIn } from "../session/LogIn";
import { setClock } from "../time/clock";
import { speakAs, useLanguage } from "../words/words";
import { remember } from "./settings";
import { Shell } from "./Shell";
import { themeConfig } from "./tokens";
import { useShade } from "./useShade";

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (problem) => {
      const gone = problem instanceof Refused && problem.status === 401;
      if (gone) client.setQueryData(["session"], null);
    },
  }),
  defaultOptions: {
    queries: {
      // A refusal stays one; what could not be reached is tried again.
      retry: (tried, problem) =>
        !(problem instanceof Refused && problem.status >= 400) && tried < 3,
      staleTime: 2000,
    },
  },
});

export function App() {
  return (
    <QueryClientProvider client={client}>
      <Themed />
    </QueryClientProvider>
  );
}

function Themed() {
  const shade = useShade();
  const language = useLanguage();
  const config = useMemo(() => themeConfig(shade), [shade]);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
  return (
    <ConfigProvider
      theme={config}
      locale={language === "zh" ? zhCN : enUS}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      <Gate />
    </ConfigProvider>
  );
}

/** Nobody sees anything of a site before the API says who he is. */
function Gate() {
  const { data: session, error, isPending } = useSession();
  useEffect(() => {
    if (!session) return;
    setClock(session.clock, session.site.zone);
    remember({ siteName: session.site.name });
    speakAs(session.language);
  }, [session]);
  if (session) return <Shell session={session} />;
  if (isPending) return null;
  if (error) {
    return (
      <main className="log-in">
        <Bar tone="warn">{refusal(error, "read")}</Bar>
      </main>
    );
  }
  return <LogIn />;
}
