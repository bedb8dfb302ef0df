# Families of measures: headings in the menu and in the table of `tropa ask`.
measure-family-breaks = Where it breaks
measure-family-paths = Paths
measure-family-funnels = Funnels and the deal
measure-family-loyalty = Coming back and churn
measure-family-worth = What a customer is worth
measure-family-segments = Segments
measure-family-channels = Channels
measure-family-feedback = Feedback
measure-family-more = More
