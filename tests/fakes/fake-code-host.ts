import type { Role } from '../../bot/commands/permission-floor.ts';
import type { CodeHost, HostComment, HostIssue, HostPull, HostRun } from '../../bot/effects/code-host.ts';
import type { GitObjects } from '../../bot/github/git-objects.ts';

type Files = ReadonlyMap<string, Uint8Array>;

export interface Dispatch {
  readonly workflow: string;
  readonly ref: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly runId: number;
}

/** A code host in memory: issues and pull requests share their numbers, commits are whole file maps. */
export class FakeCodeHost implements CodeHost {
  readonly commits = new Map<string, { readonly files: Files; readonly parents: readonly string[]; readonly author: string }>();
  readonly branches = new Map<string, string>();
  readonly tags = new Map<string, string>();
  readonly issues: HostIssue[] = [];
  readonly pulls: HostPull[] = [];
  readonly commentsHeld: HostComment[] = [];
  readonly runsHeld: HostRun[] = [];
  readonly artifacts = new Map<string, Uint8Array>();
  readonly dispatches: Dispatch[] = [];
  readonly roles = new Map<string, Role>();
  /** Who writes through this host. */
  login = 'holdfast[bot]';
  writes = 0;
  #ids = 0;

  constructor(files: Files) {
    this.branches.set('main', this.addCommit(files, []));
  }

  addCommit(files: Files, parents: readonly string[], author = this.login): string {
    const sha = this.#nextId().toString(16).padStart(40, 'c');
    this.commits.set(sha, { files, parents, author });
    return sha;
  }

  /** A push by someone: files on top of a branch. */
  push(branch: string, files: Readonly<Record<string, string | Uint8Array>>, author: string): string {
    const head = this.branches.get(branch) ?? '';
    const added = Object.entries(files).map(([path, text]): [string, Uint8Array] => [
      path,
      typeof text === 'string' ? Buffer.from(text) : text,
    ]);
    const sha = this.addCommit(new Map([...(this.commits.get(head)?.files ?? []), ...added]), [head], author);
    this.branches.set(branch, sha);
    this.#followBranch(branch, sha);
    return sha;
  }

  /** What merging a pull request does: one commit on main with the head's files. */
  merge(number: number, by: string): string {
    const pull = this.#pull(number);
    const main = this.branches.get('main') ?? '';
    const sha = this.addCommit(
      new Map([...(this.commits.get(main)?.files ?? []), ...(this.commits.get(pull.headSha)?.files ?? [])]),
      [main],
      by,
    );
    this.branches.set('main', sha);
    this.#replacePull({ ...pull, state: 'closed', merged: true, mergeSha: sha, mergedBy: by });
    return sha;
  }

  finishRun(id: number, conclusion: string, headSha?: string): void {
    const index = this.runsHeld.findIndex((run) => run.id === id);
    const run = this.runsHeld[index];
    if (run !== undefined) this.runsHeld[index] = { ...run, status: 'completed', conclusion, headSha: headSha ?? run.headSha };
  }

  say(number: number, author: string, body: string): number {
    const id = this.#nextId();
    this.commentsHeld.push({ id, number, body, author, byBot: author.endsWith('[bot]'), createdAt: '2026-01-01T00:00:00Z', edited: false });
    return id;
  }

  /** Files of commits, as the model repository reads them. */
  objects(): GitObjects {
    return {
      tree: async (commit) => new Map([...(this.commits.get(commit)?.files.keys() ?? [])].map((path) => [path, `${commit}:${path}`])),
      blob: async (name) => this.commits.get(name.slice(0, 40))?.files.get(name.slice(41)) ?? new Uint8Array(),
      branchHead: async (branch) => this.branches.get(branch) ?? null,
    };
  }

  async repository() {
    const trustedAuthors = ['holdfast[bot]', 'github-actions[bot]'];
    return { id: 7, url: 'https://host.example/acme/models', defaultBranch: 'main', head: this.branches.get('main') ?? '', trustedAuthors };
  }

  async branchHead(branch: string) {
    return this.branches.get(branch) ?? null;
  }

  async createBranch(branch: string, sha: string) {
    if (this.branches.has(branch)) return false;
    this.writes += 1;
    this.branches.set(branch, sha);
    return true;
  }

  async resetBranch(branch: string, { from, to }: { from: string; to: string }) {
    if (this.branches.get(branch) !== from) return false;
    this.writes += 1;
    this.branches.set(branch, to);
    return true;
  }

  async isContained(sha: string, base: string) {
    const seen = [base];
    for (const one of seen) seen.push(...(this.commits.get(one)?.parents ?? []));
    return seen.includes(sha);
  }

  async commitFiles({ branch, expectedHead, files }: Parameters<CodeHost['commitFiles']>[0]) {
    if (this.branches.get(branch) !== expectedHead) return null;
    this.writes += 1;
    return this.push(branch, files, this.login);
  }

  async fileAt(sha: string, path: string) {
    return this.commits.get(sha)?.files.get(path) ?? null;
  }

  async ensureTags(tags: readonly { name: string; sha: string }[]) {
    if (tags.some(({ name, sha }) => (this.tags.get(name) ?? sha) !== sha)) return false;
    for (const { name, sha } of tags) {
      if (this.tags.has(name)) continue;
      this.writes += 1;
      this.tags.set(name, sha);
    }
    return true;
  }

  async openIssues() {
    return this.issues.filter(({ state }) => state === 'open');
  }

  async issue(number: number) {
    const pull = this.pulls.find((each) => each.number === number);
    if (pull !== undefined) return { ...pull, closedAs: null, isPull: true };
    return this.issues.find((issue) => issue.number === number) ?? null;
  }

  async highestNumber() {
    return this.issues.length + this.pulls.length;
  }

  async createIssue({ title, body }: { title: string; body: string }) {
    this.writes += 1;
    const issue: HostIssue = {
      number: (await this.highestNumber()) + 1,
      title,
      body,
      author: this.login,
      state: 'open',
      closedAs: null,
      isPull: false,
    };
    this.issues.push(issue);
    return issue;
  }

  async updateIssue(number: number, change: Parameters<CodeHost['updateIssue']>[1]) {
    const index = this.issues.findIndex((issue) => issue.number === number);
    const issue = this.issues[index];
    if (issue === undefined) throw new Error(`no issue ${number}`);
    this.writes += 1;
    const closedAs = (change.state ?? issue.state) === 'open' ? null : (change.closedAs ?? issue.closedAs);
    this.issues[index] = { ...issue, ...change, closedAs };
  }

  async comments(number: number) {
    return this.commentsHeld.filter((comment) => comment.number === number);
  }

  async newestComments() {
    return [...this.commentsHeld].reverse().slice(0, 100);
  }

  async createComment(number: number, body: string) {
    this.writes += 1;
    const id = this.say(number, this.login, body);
    return this.commentsHeld.find((comment) => comment.id === id) as HostComment;
  }

  async updateComment(id: number, body: string) {
    const index = this.commentsHeld.findIndex((comment) => comment.id === id);
    const comment = this.commentsHeld[index];
    this.writes += 1;
    if (comment !== undefined) this.commentsHeld[index] = { ...comment, body, edited: true };
  }

  async role(login: string) {
    return this.roles.get(login) ?? 'none';
  }

  async pull(number: number) {
    return this.pulls.find((pull) => pull.number === number) ?? null;
  }

  async pullsOf(branch: string) {
    return this.pulls.filter(({ headBranch }) => headBranch === branch).reverse();
  }

  async pullOfCommit(sha: string) {
    return this.pulls.find(({ mergeSha }) => mergeSha === sha) ?? null;
  }

  async lastCommitOf(path: string) {
    for (let sha = this.branches.get('main'); sha !== undefined; sha = this.commits.get(sha)?.parents[0]) {
      const commit = this.commits.get(sha);
      const before = this.commits.get(commit?.parents[0] ?? '')?.files.get(path);
      if (commit !== undefined && commit.files.get(path) !== before) return { sha, author: commit.author };
    }
    return null;
  }

  async createPull({ title, body, head }: { title: string; body: string; head: string }) {
    if (this.pulls.some((pull) => pull.headBranch === head && pull.state === 'open')) throw new Error(`a pull request for ${head} exists`);
    this.writes += 1;
    const pull: HostPull = {
      number: (await this.highestNumber()) + 1,
      title,
      body,
      author: this.login,
      state: 'open',
      merged: false,
      mergeSha: null,
      mergedBy: null,
      headBranch: head,
      headSha: this.branches.get(head) ?? '',
    };
    this.pulls.push(pull);
    return pull;
  }

  async updatePull(number: number, change: Parameters<CodeHost['updatePull']>[1]) {
    this.writes += 1;
    this.#replacePull({ ...this.#pull(number), ...change });
  }

  async dispatch({ workflow, ref, inputs }: Omit<Dispatch, 'runId'>) {
    this.writes += 1;
    const runId = this.#nextId();
    this.dispatches.push({ workflow, ref, inputs, runId });
    const title = `${workflow.replace('.yml', '')} ${inputs['model']} ${inputs['version'] ?? inputs['request'] ?? ''}`.trim();
    const headSha = this.branches.get(ref) ?? '';
    this.runsHeld.push({
      id: runId,
      workflow,
      title,
      event: 'workflow_dispatch',
      headSha,
      status: 'running',
      conclusion: null,
      url: `https://host.example/runs/${runId}`,
    });
    return runId;
  }

  async run(id: number) {
    return this.runsHeld.find((run) => run.id === id) ?? null;
  }

  async runs(workflow: string, headSha?: string) {
    return this.runsHeld.filter((run) => run.workflow === workflow && (headSha === undefined || run.headSha === headSha)).reverse();
  }

  async artifact(runId: number, { name }: { name: string }) {
    return this.artifacts.get(`${runId}/${name}`) ?? null;
  }

  #pull(number: number): HostPull {
    const pull = this.pulls.find((each) => each.number === number);
    if (pull === undefined) throw new Error(`no pull request ${number}`);
    return pull;
  }

  #replacePull(pull: HostPull): void {
    const index = this.pulls.findIndex(({ number }) => number === pull.number);
    this.pulls[index] = pull;
  }

  #followBranch(branch: string, sha: string): void {
    for (const pull of this.pulls.filter(({ headBranch, state }) => headBranch === branch && state === 'open'))
      this.#replacePull({ ...pull, headSha: sha });
  }

  #nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }
}
