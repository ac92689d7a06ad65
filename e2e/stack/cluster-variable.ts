/** How the global setup tells Playwright's workers where the test cluster is. */
export const clusterVariable = 'E2E_CLUSTER_URL';
