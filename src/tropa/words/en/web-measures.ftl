# The page of a measure.
web-measure-point = Point at a mark, touch it, or go with the arrows: its figures are told here.
