import type { ForwardBacklog } from '../../store/forwards/forwardStore';
import { hostOf } from '../../values/webAddress';
import { bad, good, type Check } from './check';

/** How forwarding goes. Included only if something waits. */
export function checkForwards({ forwards }: { forwards: readonly ForwardBacklog[] }): Check[] {
	return forwards.map(({ address, waiting, oldestAt, problem }) => {
		const check = `Webhooks are forwarded to ${hostOf(address)}`;
		const finding = `${waiting} wait, the oldest since ${new Date(oldestAt).toISOString()}`;
		return problem === null
			? good(check, finding)
			: bad(
					check,
					`${finding}: ${problem}`,
					'They are tried for a day. If the address is wrong, correct it in the trigger under Options › Forward Webhooks To.',
				);
	});
}
