import { WhatsAppCloudApi } from '../../../credentials/WhatsAppCloudApi.credentials';
import { versionWarning, warnedVersions } from '../../../nodes/WhatsAppCloud/graph/versions';

const day = (date: string): number => Date.parse(`${date}T12:00:00Z`);

describe('the end of a Graph version', () => {
	test.each([
		['v21.0', '2026-11-21', null],
		['v21.0', '2026-11-22', /ends Graph Version v21\.0 on 2027-01-21, in 60 days.*v25\.0/],
		['v21.0', '2027-01-20', /in one day/],
		[
			'v21.0',
			'2027-01-21',
			/^Meta has ended Graph Version v21\.0 on 2027-01-21\. Set it to v25\.0/,
		],
		['v22.0', '2027-03-22', /in 59 days/],
		['v25.0', '2026-11-25', null],
		['v25.0', '2028-07-01', /on 2028-07-29/],
		['v26.0', '2030-01-01', null],
		['v27.0', '2030-01-01', null],
		['v19.0', '2026-11-25', /^Meta has ended Graph Version v19\.0\. /],
		['v99.0', '2026-11-25', null],
		['v9.0', '2026-11-25', /^Meta has ended/],
	])('of %s is reported on %s: %s', (version, date, reported) => {
		const warning = versionWarning(version, day(date));
		if (reported === null) expect(warning).toBeNull();
		else expect(warning).toMatch(reported);
	});

	test('stands in the form, whether the version that it concerns is shown or hidden', () => {
		const notices = new WhatsAppCloudApi().properties.filter(({ name }) =>
			name.startsWith('graphVersionWarning'),
		);
		expect(notices.map(({ displayName, displayOptions }) => [displayName, displayOptions])).toEqual(
			warnedVersions(Date.now()).map(({ version, warning }) => [
				warning,
				{ show: { graphVersion: [version] } },
			]),
		);
		expect(
			notices.map(({ displayOptions }) => displayOptions?.show?.['graphVersion']),
		).toContainEqual(['v20.0']);
	});
});
