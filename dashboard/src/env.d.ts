/// <reference types="astro/client" />

interface ImportMetaEnv {
  /** Folder of the dashboard, with a slash at the end. */
  readonly DASHBOARD_ROOT: string;
}
