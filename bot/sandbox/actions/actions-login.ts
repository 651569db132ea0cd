/** The account behind every GITHUB_TOKEN. What it does starts no workflows, except by dispatch. */
export const ACTIONS_LOGIN = 'github-actions[bot]';
