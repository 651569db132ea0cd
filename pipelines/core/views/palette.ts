/** A colour in the light and in the dark theme. */
export interface ThemedColour {
  readonly light: string;
  readonly dark: string;
}

/** Page, card and text. */
export const SURFACES = {
  page: { light: '#ffffff', dark: '#0d1117' },
  card: { light: '#f6f8fa', dark: '#151b23' },
  text: { light: '#1f2328', dark: '#e6edf3' },
  muted: { light: '#59636e', dark: '#9198a1' },
  border: { light: '#d1d9e0', dark: '#30363d' },
  controlBorder: { light: '#818b98', dark: '#656c76' },
  link: { light: '#0b5cad', dark: '#6cb6ff' },
} as const satisfies Record<string, ThemedColour>;

/** States and the tint that their word stands on. Never shown without icon and word. */
export const STATES = {
  act: { ink: { light: '#c8161d', dark: '#ff7b72' }, tint: { light: '#ffebe9', dark: '#3a1214' } },
  unknown: { ink: { light: '#6639ba', dark: '#c297ff' }, tint: { light: '#f3ebff', dark: '#22163a' } },
  watch: { ink: { light: '#8a5a00', dark: '#d9a520' }, tint: { light: '#fff4d6', dark: '#2e2200' } },
  healthy: { ink: { light: '#1a7f37', dark: '#3fb950' }, tint: { light: '#dafbe1', dark: '#0f2a17' } },
  'not-monitored': { ink: { light: '#59636e', dark: '#9198a1' }, tint: { light: '#f6f8fa', dark: '#151b23' } },
} as const satisfies Record<string, { readonly ink: ThemedColour; readonly tint: ThemedColour }>;

/** Series, each with a fixed meaning; dash and marker say the same without colour. */
export const SERIES = {
  champion: { colour: { light: '#156cdd', dark: '#6b7dfd' }, dash: '', marker: '●' },
  challenger: { colour: { light: '#b2511e', dark: '#dc631e' }, dash: '10 5', marker: '▲' },
  reference: { colour: { light: '#717171', dark: '#838383' }, dash: '2 4', marker: '■' },
  estimate: { colour: { light: '#6d0560', dark: '#f7b5e8' }, dash: '5 4', marker: '◆' },
  other: { colour: { light: '#003221', dark: '#4ae2ac' }, dash: '8 3 2 3', marker: '✚' },
} as const satisfies Record<string, { readonly colour: ThemedColour; readonly dash: string; readonly marker: string }>;

/** Five steps from far below a threshold to twice the threshold, with the text that stands on them. */
export const STEPS = [
  { light: { fill: '#eef2f7', ink: '#1f2328' }, dark: { fill: '#1b2430', ink: '#e6edf3' } },
  { light: { fill: '#c9dcf2', ink: '#1f2328' }, dark: { fill: '#1f3f66', ink: '#e6edf3' } },
  { light: { fill: '#8fb8e6', ink: '#1f2328' }, dark: { fill: '#2f68a8', ink: '#e6edf3' } },
  { light: { fill: '#2f6fb8', ink: '#ffffff' }, dark: { fill: '#6ea6e0', ink: '#0d1117' } },
  { light: { fill: '#123f7a', ink: '#ffffff' }, dark: { fill: '#cfe3fa', ink: '#0d1117' } },
] as const;
