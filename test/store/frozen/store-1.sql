-- A store as the clerk of 303f241 wrote it: its tables are number 1. Never changed.
CREATE TABLE clerk_migrations (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO clerk_migrations VALUES (1, 'registers, their lines, what is lawful, intents');
CREATE TABLE clerk_registers (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         sequence BIGINT NOT NULL,
         record TEXT NOT NULL,
         PRIMARY KEY (repository, pull)
       );
INSERT INTO clerk_registers VALUES (7, 12, 5, '{"version":3,"register":{"seq":4,"judgedUpTo":1772452935000,"judged":[{"key":"8ef945208fe0288ef4918733f0dcbc99","at":1772452801000,"by":"#103"},{"key":"8603d227cc4f3c54b20631f0d72116e8","at":1772452865000,"by":"#101"},{"key":"d8bc51292cec98c4dc19fdd016c35d46","at":1772452866000,"by":"#102"},{"key":"0b575ba5592d89cf99ee0d740ed0cb31","at":1772452867000,"by":"#104"},{"key":"345815d7485897663b177f399f694c9c","at":1772452868000,"by":"#105"},{"key":"bbb3596a97d5200b5b88732513fa1ffc","at":1772452869000,"by":"#107"},{"key":"47510c2eb92f9433fd14c2958bba1d28","at":1772452871000},{"key":"16ce452e046bbb1611542120e3b7a416","at":1772452935000,"by":"#104"}],"motion":{"number":1,"disposition":"merge","mover":{"login":"richvdh","id":103},"from":{"via":"command","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1002","at":1772452801000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","needs":[{"team":"spec-core-team","threshold":{"numerator":3,"denominator":4}}],"decision":"spec change","labels":["proposal"],"ballots":[{"member":{"login":"richvdh","id":103},"team":"spec-core-team","choice":"yes","from":{"via":"motion","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1002","at":1772452801000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","source":"motion"},{"member":{"login":"ara4n","id":101},"team":"spec-core-team","choice":"yes","from":{"via":"command","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1007","at":1772452865000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","source":"comment:1007"},{"member":{"login":"erikjohnston","id":102},"team":"spec-core-team","choice":"yes","from":{"via":"command","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1008","at":1772452866000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","source":"comment:1008"},{"member":{"login":"dbkr","id":104},"team":"spec-core-team","choice":"yes","from":{"via":"command","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1009","at":1772452867000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","source":"comment:1009"},{"member":{"login":"uhoreg","id":105},"team":"spec-core-team","choice":"yes","from":{"via":"command","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1010","at":1772452868000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","source":"comment:1010"},{"member":{"login":"turt2live","id":107},"team":"spec-core-team","choice":"yes","from":{"via":"command","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1011","at":1772452869000},"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","source":"comment:1011"}],"fcp":{"state":"running","startedAt":1772452871000,"endsAt":1772884871000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","passed":[{"team":"spec-core-team","threshold":{"numerator":3,"denominator":4}}],"decided":{"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","rosterCommit":"cccccccccccccccccccccccccccccccccccccccc","tallies":[{"team":"spec-core-team","title":"Spec Core Team","need":{"team":"spec-core-team","threshold":{"numerator":3,"denominator":4}},"size":8,"votes":[{"member":{"login":"ara4n","id":101},"choice":"yes","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1007","cast":{"via":"command","at":1772452865000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},{"member":{"login":"erikjohnston","id":102},"choice":"yes","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1008","cast":{"via":"command","at":1772452866000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},{"member":{"login":"richvdh","id":103},"choice":"yes","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1002","cast":{"via":"motion","at":1772452801000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},{"member":{"login":"dbkr","id":104},"choice":"yes","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1009","cast":{"via":"command","at":1772452867000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},{"member":{"login":"uhoreg","id":105},"choice":"yes","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1010","cast":{"via":"command","at":1772452868000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},{"member":{"login":"anoadragon453","id":106},"choice":null,"url":null,"cast":null},{"member":{"login":"turt2live","id":107},"choice":"yes","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1011","cast":{"via":"command","at":1772452869000,"head":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},{"member":{"login":"KitsuneRal","id":108},"choice":null,"url":null,"cast":null}]}]}},"end":null},"past":[],"concerns":[{"text":"it leaks","by":{"login":"dbkr","id":104},"at":1772452935000,"url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1017","source":"comment:1017","kind":"spoken","number":1,"motion":1,"resolved":null}],"approvals":[],"heads":[{"commit":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","text":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","at":1772452801000}],"pendingReplies":[{"key":"356e1f3bd0e9ac3776ee0a55d1c07847","at":1772452935000,"utterance":"comment:1017","url":"https://github.example/matrix-org/matrix-spec-proposals/pull/1234#issuecomment-1017","to":{"login":"dbkr","id":104},"reactions":["thumbsUp"],"replies":[]}],"override":null,"correction":null,"takenAway":0,"recovery":null,"lawful":null}}');
CREATE TABLE clerk_transitions (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         sequence BIGINT NOT NULL,
         at BIGINT NOT NULL,
         what TEXT NOT NULL,
         PRIMARY KEY (repository, pull, sequence)
       );
INSERT INTO clerk_transitions VALUES (7, 12, 4, 1772546700000, 'motion 1 is proposed');
INSERT INTO clerk_transitions VALUES (7, 12, 5, 1772546800000, '“quoted” \u005cu0041 and a zero \u0000');
CREATE TABLE clerk_lawful (
         repository BIGINT NOT NULL PRIMARY KEY,
         number BIGINT NOT NULL,
         print TEXT NOT NULL,
         commit_id TEXT NOT NULL,
         content TEXT NOT NULL,
         adopted_at BIGINT NOT NULL
       );
INSERT INTO clerk_lawful VALUES (7, 3, 'print 3', 'cccccccccccccccccccccccccccccccccccccccc', 'version: 1
teams: {}
', 1772546700123);
CREATE TABLE clerk_intents (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         subject_print TEXT NOT NULL,
         subject TEXT NOT NULL,
         at BIGINT NOT NULL,
         process TEXT NOT NULL,
         PRIMARY KEY (repository, pull, subject_print)
       );
INSERT INTO clerk_intents VALUES (7, 12, '0d22c198948b85718fa5646b5466c789ca2e7341ee813f8d50c4d5aef731a43d', 'announcement 1:fcp_begun', 1772546700000, 'process 1');
