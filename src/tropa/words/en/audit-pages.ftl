audit-customers-listed = The list of customers was opened: { $shown } of { $all } shown
audit-measure-of-people = A measure of single customers was opened: { $measure }
