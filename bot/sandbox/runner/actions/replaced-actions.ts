import { downloadArtifact, uploadArtifact } from './artifacts.ts';
import { checkout } from './checkout.ts';
import { configurePages, deployPages, uploadPagesArtifact } from './pages.ts';
import type { ReplacedAction } from './replaced-action.ts';
import { setupNode } from './setup-node.ts';

/** The only actions from elsewhere that this runner knows. Each says in the log that the host's stand-in ran. */
export const REPLACED_ACTIONS: Readonly<Record<string, ReplacedAction>> = {
  'actions/checkout': checkout,
  'actions/setup-node': setupNode,
  'actions/upload-artifact': uploadArtifact,
  'actions/download-artifact': downloadArtifact,
  'actions/configure-pages': configurePages,
  'actions/upload-pages-artifact': uploadPagesArtifact,
  'actions/deploy-pages': deployPages,
};
