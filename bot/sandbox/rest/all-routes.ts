import type { Route } from '../http/call.ts';
import { appRoutes } from './app-routes.ts';
import { checkRoutes } from './check-routes.ts';
import { commentRoutes } from './comment-routes.ts';
import { commitRoutes } from './commit-routes.ts';
import { contentsRoutes } from './contents-routes.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { deploymentRoutes } from './deployment-routes.ts';
import { downloadRoutes } from './download-routes.ts';
import { gitObjectRoutes } from './git-object-routes.ts';
import { gitRefRoutes } from './git-ref-routes.ts';
import { issueRoutes } from './issue-routes.ts';
import { labelRoutes } from './label-routes.ts';
import { pagesRoutes } from './pages-routes.ts';
import { pullRoutes } from './pull-routes.ts';
import { releaseRoutes } from './release-routes.ts';
import { repositoryRoutes } from './repository-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import { statusRoutes } from './status-routes.ts';
import { variableRoutes } from './variable-routes.ts';
import { workflowRoutes } from './workflow-routes.ts';

/** Every REST operation. The first that fits wins, so routes that take slashes (commits, branches) come last. */
export function allRoutes(): readonly Route[] {
  return [
    ...appRoutes(),
    ...commentRoutes(),
    ...issueRoutes(),
    ...pullRoutes(),
    ...reviewRoutes(),
    ...checkRoutes(),
    ...statusRoutes(),
    ...gitRefRoutes(),
    ...gitObjectRoutes(),
    ...contentsRoutes(),
    ...workflowRoutes(),
    ...deploymentRoutes(),
    ...downloadRoutes(),
    ...pagesRoutes(),
    ...deliveryRoutes(),
    ...labelRoutes(),
    ...releaseRoutes(),
    ...variableRoutes(),
    ...repositoryRoutes(),
    ...commitRoutes(),
  ];
}
