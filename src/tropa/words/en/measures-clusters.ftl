measure-clusters = Found segments
    .question = Which groups of customers go alike, and what are they like?
measure-param-groups = So many groups
measure-cluster = Group { $n }
measure-column-cluster = Group
measure-column-often_1 = More often than others
measure-column-often_2 = also
measure-column-often_3 = and
measure-column-seldom_1 = Less often than others
measure-column-seldom_2 = also less
measure-column-seldom_3 = and less
measure-column-visits = Steps per customer
measure-column-buying = Bought
measure-column-buying_low = Bought, from
measure-column-buying_high = Bought, to
measure-column-buyers = Buyers
measure-column-worth = Per customer so far
measure-column-worth_low = Per customer so far, from
measure-column-worth_high = Per customer so far, to
measure-note-clusters = { $n } groups. Independent halves of the customers find the same ones (agreement { $agreement } of 1); how far they are apart: { $apart } of 1.
measure-note-clusters-what = Customers are compared by how often they met each thing and took each frequent step. Groups describe; they do not explain.
measure-note-clusters-weak = { $n ->
    [one] Group { $which } comes out differently from time to time: take it as a hint.
   *[other] Groups { $which } come out differently from time to time: take them as a hint.
}
cannot-tell-no-groups = Customers do not fall into groups that would come out again from others of them: their paths differ by degrees. Try another level, or split by a rule.
