/** Colours, sizes and letters of the house; the telephone page reads them without Ant Design. */
export type Shade = "light" | "dark";

/** What a colour means, not where it stands. Red and amber are rationed: see the two comments. */
export interface Palette {
  ground: string;
  surface: string;
  raised: string;
  line: string;
  ink: string;
  quiet: string;
  accent: string;
  /** Life safety, or past its limit: nothing else is red. */
  danger: string;
  dangerGround: string;
  /** About to be past its limit: nothing else is amber. */
  warn: string;
  warnGround: string;
  selected: string;
  /** Charts tell their series apart by shape and pattern too; none of these means anything. */
  chart1: string;
  chart2: string;
  chart3: string;
  chart4: string;
}

export const PALETTES: Record<Shade, Palette> = {
  light: {
    ground: "#eef0f2",
    surface: "#ffffff",
    raised: "#f6f7f9",
    line: "#d5dae0",
    ink: "#1b2128",
    quiet: "#566270",
    accent: "#2b5f93",
    danger: "#b3161b",
    dangerGround: "#fdecec",
    warn: "#8a5300",
    warnGround: "#fff4dd",
    selected: "#e3edf7",
    chart1: "#2b5f93",
    chart2: "#6b7885",
    chart3: "#12324f",
    chart4: "#4d84bb",
  },
  dark: {
    ground: "#101418",
    surface: "#181d23",
    raised: "#1f262d",
    line: "#323b45",
    ink: "#dce2e8",
    quiet: "#9aa7b4",
    accent: "#79aedd",
    danger: "#ff7b76",
    dangerGround: "#3b1a1c",
    warn: "#f0b455",
    warnGround: "#352a15",
    selected: "#223243",
    chart1: "#79aedd",
    chart2: "#8794a1",
    chart3: "#cfe2f4",
    chart4: "#5686b3",
  },
};

/** Chinese first; no font is ever fetched. */
export const FONT =
  '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","WenQuanYi Micro Hei",system-ui,sans-serif';

/** Four sizes, no more. */
export const SIZES = { small: 12, text: 14, title: 18, large: 26 } as const;

/** Write the tokens where the style sheets read them. */
export function paint(shade: Shade): void {
  const root = document.documentElement;
  root.dataset.shade = shade;
  root.style.colorScheme = shade;
  for (const [name, value] of Object.entries(PALETTES[shade])) {
    root.style.setProperty(`--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, value);
  }
  for (const [name, value] of Object.entries(SIZES)) {
    root.style.setProperty(`--size-${name}`, `${value}px`);
  }
  root.style.setProperty("--font", FONT);
}
