import { categoryOfTemplate } from '../../graph/endpoints/translations';
import { categoryOf, type Category } from '../../pricing/market/category';
import type { Account } from '../../graph/account';
import type { GraphClient } from '../../graph/client';

/** Finds the category of a template, which Meta is asked for once per run. */
export type TemplateCategory = (name: string) => Promise<Category | null>;

export function createTemplateCategory({
	account,
	graph,
}: {
	account: Account;
	graph: GraphClient;
}): TemplateCategory {
	const known = new Map<string, Promise<Category | null>>();
	return async (name) => {
		const asked =
			known.get(name) ??
			categoryOfTemplate(account, graph, name).then((category) =>
				category === null ? null : categoryOf(category),
			);
		known.set(name, asked);
		return await asked;
	};
}
