import type { CallAnswer } from './questionLoop';
import { readResumeAnswer } from './resumeAnswer';

/** Posts without a body. Returns what came back, or why nothing did. */
export type Post = (
	url: string,
	request: { timeoutMs: number },
) => Promise<{ status: number; text: string } | { problem: string }>;

type Called = { said: CallAnswer } | { problem: string };

/**
 * Calls waiting executions at their resume addresses. If such an address does not lead to n8n, as
 * behind a router that sends nothing back into its own network, it calls n8n on this machine instead;
 * the signature covers the path alone.
 */
export class ResumeCaller {
	private readonly post: Post;
	private readonly timeoutMs: number;
	private readonly ownServer: string | null;
	/** The other way takes up to the time limit each time. */
	private prefersOwn = false;

	/** @param ownServer such as `http://127.0.0.1:5678`; null if n8n cannot be called so */
	constructor(setting: { post: Post; timeoutMs: number; ownServer: string | null }) {
		this.post = setting.post;
		this.timeoutMs = setting.timeoutMs;
		this.ownServer = setting.ownServer;
	}

	async call(resumeUrl: string): Promise<CallAnswer> {
		if (!URL.canParse(resumeUrl)) return { problem: 'its resume address cannot be read' };
		const { pathname, search, origin } = new URL(resumeUrl);
		const own =
			this.ownServer === null || this.ownServer === origin
				? null
				: `${this.ownServer}${pathname}${search}`;
		const urls = own === null ? [resumeUrl] : this.prefersOwn ? [own, resumeUrl] : [resumeUrl, own];
		const problems: string[] = [];
		for (const url of urls) {
			const called = await this.callOne(url);
			if ('said' in called) {
				this.prefersOwn = url === own;
				return called.said;
			}
			problems.push(called.problem);
		}
		return { problem: problems.join('; ') };
	}

	private async callOne(url: string): Promise<Called> {
		const answer = await this.post(url, { timeoutMs: this.timeoutMs });
		if ('problem' in answer) return answer;
		const said = readResumeAnswer(answer);
		if (said !== null) return { said };
		const refused = answer.status === 401 ? ', which refuses the signature,' : '';
		return {
			problem: `${new URL(url).origin}${refused} answered with ${answer.status} and not as n8n does`,
		};
	}
}
