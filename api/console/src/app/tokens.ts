import type { ThemeConfig } from "antd";
import { theme } from "antd";
import type { Shade } from "./palette";
import { FONT, PALETTES, SIZES } from "./palette";

export { FONT, SIZES, paint } from "./palette";
export type { Shade } from "./palette";

/** The same tokens as Ant Design reads them. */
export function themeConfig(shade: Shade): ThemeConfig {
  const palette = PALETTES[shade];
  return {
    algorithm: shade === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: FONT,
      fontSize: SIZES.text,
      fontSizeSM: SIZES.small,
      fontSizeLG: SIZES.text,
      borderRadius: 4,
      motion: false,
      controlHeight: 32,
      colorPrimary: palette.accent,
      // on the dark shade the accent is light: dark letters on it are legible
      colorTextLightSolid: shade === "dark" ? palette.ground : palette.surface,
      colorInfo: palette.accent,
      colorLink: palette.accent,
      colorError: palette.danger,
      colorWarning: palette.warn,
      colorText: palette.ink,
      colorTextSecondary: palette.quiet,
      colorTextDescription: palette.quiet,
      colorBgLayout: palette.ground,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.raised,
      colorBorder: palette.line,
      colorBorderSecondary: palette.line,
    },
    components: { Button: { fontWeight: 500, primaryShadow: "none", defaultShadow: "none" } },
  };
}
